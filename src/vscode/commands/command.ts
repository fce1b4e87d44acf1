import type { RunDetailsPanels } from '../panels/runDetails.ts';
import type { Services } from '../services.ts';
import type { ExperimentsTree } from '../trees/experimentsTree.ts';
import type { RegisteredModelsTree } from '../trees/registeredModelsTree.ts';

/** What commands work with. */
export interface CommandContext extends Services {
  readonly experiments: ExperimentsTree;
  readonly registeredModels: RegisteredModelsTree;
  readonly runDetails: RunDetailsPanels;
}

/**
 * What a command does. `target` is what was clicked and `selection` all that was selected with it; both are absent when
 * it comes from the palette or a key. Rejections are told to the user by `registerCommands`.
 */
export type Command = (context: CommandContext, target: unknown, selection: unknown) => Promise<void> | void;
