import type { RuleCode } from '../../mlproject/problems.ts';
import { addCommand, addImage, addName, addProject } from './additions.ts';
import type { Fixer } from './fix.ts';
import { declareParameter, passParameter, removeParameter } from './fixParameters.ts';
import { createEnvironmentFile, createScript } from './newFiles.ts';
import { removeEntry } from './removeEntry.ts';
import { replace } from './replace.ts';

/** What can be done about each problem. */
export const FIXES: Partial<Record<RuleCode, readonly Fixer[]>> = {
  'command-missing': [addCommand],
  'docker-image-missing': [addImage],
  'duplicate-key': [removeEntry],
  'empty-file': [addProject],
  'entry-point-name': [replace],
  'entry-points-empty': [removeEntry],
  'environment-file-missing': [createEnvironmentFile],
  'environment-without-value': [removeEntry],
  'misspelt-key': [replace],
  'missing-colon': [replace],
  'multiple-environments': [removeEntry],
  'parameter-name': [replace],
  'placeholder-format': [replace],
  'project-name-missing': [addName],
  'quoted-placeholder': [replace],
  'script-missing': [createScript],
  'stray-brace': [replace],
  'surprising-default': [replace],
  'undeclared-parameter': [replace, declareParameter],
  'unknown-key': [removeEntry],
  'unknown-type': [replace],
  'unused-parameter': [passParameter, removeParameter],
  'yaml-syntax': [replace],
};
