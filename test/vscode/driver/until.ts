/**
 * Reads again and again until there is something (not undefined, false, or ''), for at most `ms` milliseconds.
 * @throws an Error that names what was waited for and what was there instead.
 */
export async function until<T>(
  what: string,
  read: () => T | undefined | false | '' | Promise<T | undefined | false | ''>,
  options: { readonly ms?: number; readonly instead?: () => unknown } = {},
): Promise<T> {
  const end = Date.now() + (options.ms ?? 15_000);
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false && value !== '') return value;
    if (Date.now() > end) {
      const instead = options.instead ? `; there is: ${JSON.stringify(await options.instead(), undefined, 1)}` : '';
      throw new Error(`waited in vain for ${what}${instead}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
