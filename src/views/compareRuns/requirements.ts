/** Packages of a `requirements.txt` by name, each with its version or what is asked of it. */
export function parseRequirements(text: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [requirement = ''] = line.replace(/(^|\s)#.*$/, '').split(';');
    const found = /^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)$/.exec(requirement);
    const [, name, specifier = ''] = found ?? [];
    if (name !== undefined) packages.set(packageName(name), versionOf(specifier.trim()));
  }
  return packages;
}

/** Packages of a `conda.yaml`, of conda and of pip; read line by line, since only its lists are wanted. */
export function parseConda(text: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  let isInList = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^[^\s-][^:]*:/.test(line)) isInList = line.startsWith('dependencies:');
    const item = /^\s*-\s+['"]?([^'"#]+)/.exec(line)?.[1]?.trim();
    if (!isInList || item === undefined || item.endsWith(':')) continue;
    // Conda's own lines have one equals sign, and perhaps a build behind a second.
    const conda = /^([\w.-]+)=([^=\s]+)(?:=\S+)?$/.exec(item);
    if (conda?.[1] !== undefined) packages.set(packageName(conda[1]), conda[2] ?? '');
    else for (const [name, version] of parseRequirements(item)) packages.set(name, version);
  }
  return packages;
}

/** The Python that a `python_env.yaml` asks for. */
export function parsePythonVersion(text: string): string | undefined {
  return /^python:\s*['"]?([\w.*-]+)/m.exec(text)?.[1];
}

/** As PEP 503 compares names. */
function packageName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function versionOf(specifier: string): string {
  if (specifier === '') return 'any';
  return /^==\s*[^,*]+$/.test(specifier) ? specifier.slice(2).trim() : specifier;
}
