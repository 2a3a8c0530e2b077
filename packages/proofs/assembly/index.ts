export { dotBase, dotExt, eqTable, foldBase, foldExt } from './vector';
