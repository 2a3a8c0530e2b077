/** Style sheets are imported for esbuild, which collects them into one file. */
declare module '*.css';
