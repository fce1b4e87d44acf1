import fs from 'node:fs';
import path from 'node:path';

/** An extension beside ours, for VS Code to load from its folder. */
export interface OtherExtension {
  readonly name: string;
  readonly publisher: string;
  /** What else its manifest says. */
  readonly manifest: object;
  /** Its files beside the manifest: name → text. */
  readonly files: Readonly<Record<string, string>>;
}

export function writeExtension(folder: string, { name, publisher, manifest, files }: OtherExtension): void {
  fs.mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
  const whole = { name, publisher, version: '1.0.0', engines: { vscode: '^1.101.0' }, ...manifest };
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(whole));
}
