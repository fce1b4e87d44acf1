/** As Python's `shlex.quote`, by which MLflow quotes values on POSIX. */
export function quotePosix(value: string): string {
  if (value === '') return "''";
  return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}

/** For `cmd /c`: double quotes, with the backslashes before them doubled as the C runtime reads them. */
export function quoteWindows(value: string): string {
  if (/^[\w@+=:,./\\-]+$/.test(value)) return value;
  const escaped = value.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1');
  return `"${escaped.replace(/%/g, '%%')}"`;
}

export const quote = process.platform === 'win32' ? quoteWindows : quotePosix;
