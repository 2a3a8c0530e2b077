/** A claim that anybody who runs the program again can prove wrong (spec 14, 15). */
import { type RouteOption, refused } from '../option.ts';
import type { Question } from '../question.ts';
import { claimOption } from './claim-option.ts';

const against = ({ privacy, program }: Question): string[] => {
  const hidden = 'could not be opened in a dispute, so nobody could prove the result wrong';
  const objections: string[] = [];
  if (privacy === 'private-weights' || privacy === 'private-both') objections.push(`Hidden weights ${hidden}.`);
  if (privacy === 'private-input' || privacy === 'private-both') objections.push(`A hidden input ${hidden}.`);
  if (!program.published) objections.push('The program is not published, so no watcher can run it again.');
  return objections;
};

export const optimistic = (question: Question): RouteOption => {
  const objections = against(question);
  return objections.length > 0 ? refused('optimistic', ...objections) : claimOption('optimistic', question);
};
