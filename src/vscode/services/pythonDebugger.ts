import { type Extension, extensions } from 'vscode';

/** The extensions that bring the Python debugger. */
const EXTENSIONS = ['ms-python.debugpy', 'ms-python.python'];

/** The installed one, if any. */
export function pythonDebugger(): Extension<unknown> | undefined {
  return EXTENSIONS.map((id) => extensions.getExtension(id)).find((extension) => extension !== undefined);
}
