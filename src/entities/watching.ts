/** How a server finds out what other programs write into its store. */
export type Watching =
  | { readonly mode: 'events' }
  /** It looks about every second. */
  | {
      readonly mode: 'polling';
      /** Why the system does not tell: `/data is on a network drive (NFS)`. */
      readonly reason: string;
    };
