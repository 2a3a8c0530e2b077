/** `@surety/sdk/programs`: the built-in readers' programs alone, for a page that carries them beside its own script. */
export { PROGRAMS } from '@surety/analysts/pure';
