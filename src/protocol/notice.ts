/** What the line that says what cannot be read lets one ask; every screen of runs has one. */
export type NoticeRequests = {
  /** Reads everything again. */
  retry(argument: undefined): void;
  showLog(argument: undefined): void;
};
