/** Styles are imported for their effect: the bundler gathers them into the screen's own file. */
declare module '*.css';
