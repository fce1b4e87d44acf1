import { TextDocument } from 'vscode-languageserver-textdocument';
import { documentReader, type ProjectDocument, type ProjectFolder } from '../../src/language/document.ts';

/** A document and an offset, from a text in which `|` marks the cursor. */
export function atCursor(marked: string): { document: TextDocument; offset: number } {
  const offset = marked.indexOf('|');
  return { document: documentOf(marked.replace('|', '')), offset };
}

export function documentOf(text: string): TextDocument {
  return TextDocument.create('file:///project/MLproject', 'mlproject', 1, text);
}

/** A folder with these files: path → text. */
export function folderWith(files: Readonly<Record<string, string>> = {}): ProjectFolder {
  const below = (folder: string) => (folder === '.' ? '' : `${folder.replace(/\/$/, '')}/`);
  return {
    name: 'project',
    exists: (path) => path in files || Object.keys(files).some((file) => file.startsWith(below(path))),
    read: (path) => files[path],
    list: (path) => [
      ...new Set(
        Object.keys(files)
          .filter((file) => file.startsWith(below(path)))
          .map((file) => file.slice(below(path).length).replace(/\/.*/, '/')),
      ),
    ],
    uriOf: (path) => `file:///project/${path}`,
  };
}

/** What the document says, in a folder with these files. */
export function projectOf(document: TextDocument, files?: Readonly<Record<string, string>>): ProjectDocument {
  return documentReader({ folderOf: () => folderWith(files) })(document);
}
