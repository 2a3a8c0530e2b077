/** Everything that runs anywhere, browsers included: no network, no clock, no file. */

export * from './analyst.ts';
export { BRANDS, type Brand, ownerOf } from './brands/brand.ts';
export { type Imitation, imitationOf, TRICKS, type Trick } from './brands/imitation.ts';
export { lookalikeAnalyst } from './brands/lookalike.ts';
export { skeleton } from './brands/skeleton.ts';
export { type HostParts, hostParts } from './host.ts';
export { pureJurors } from './jurors/jurors.ts';
export { siteJurors } from './jurors/site-jurors.ts';
export { ETH_PHISHING_DETECT, ethPhishingDetectAnalyst } from './lists/eth-phishing-detect.ts';
export { type DomainList, listsAnalyst } from './lists/lists.ts';
export { loadList } from './lists/load.ts';
export { messageAnalyst } from './messages/analyst.ts';
export { type SiteAnalystParts, siteAnalyst } from './model/site-analyst.ts';
export { conflictOf, DEFAULT_LOSS_GAIN_RATIO, eligibleJurors, speaksTo, type Vote, voteOf } from './panel.ts';
export { charmodelAnalyst, purePlayers, stackmodelAnalyst } from './players.ts';
export { popularAnalyst } from './popular/popular.ts';
export { PROGRAMS, probabilityOfFirst } from './programs.ts';
export { BUILT_IN_REGISTRY, registryAnalyst } from './registry/analyst.ts';
export { type GenuineToken, loadRegistry, type Registry, standing } from './registry/registry.ts';
export { inputOf, reportOf } from './report.ts';
export { rerun } from './rerun.ts';
export { rulesAnalyst } from './rules/analyst.ts';
