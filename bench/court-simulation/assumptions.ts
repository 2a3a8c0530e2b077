/** What the simulation takes as given, each with where it is from: printed before anything that rests on it. */
import { UMA, type World } from '../../lab/court/world.ts';
import type { Figure } from '../figure.ts';
import { plain } from './figures.ts';
import { SOURCE } from './jurors.ts';

const given = (name: string, value: number, unit: string, peer: string): Figure =>
  plain(`given: ${name}`, value, unit, peer);

const REGISTER = 'register of UMA';

export const assumptions = ({ confidence, people, stakeUsd, families, patterns }: World): Figure[] => [
  given('requests that are disputed', 100 * UMA.disputed, '%', REGISTER),
  given('of these against a wrong proposal', 100 * UMA.overturned, '%', `${REGISTER}: overturned`),
  given('families of AI jurors', families.length, '', SOURCE),
  given(
    'kinds of their votes together',
    patterns?.length ?? 0,
    '',
    'as counted; sides read votes and silence by that record',
  ),
  given('questions of which outcome 0 is true', 50, '%', 'assumed; taken apart by what the proposal says'),
  given('wrong side is sure, from', 100 * confidence.wrong[0], '%', 'assumed; swept'),
  given('wrong side is sure, to', 100 * confidence.wrong[1], '%', 'assumed; swept'),
  given('right side is sure, from', 100 * confidence.right[0], '%', 'assumed; swept'),
  given('right side is sure, to', 100 * confidence.right[1], '%', 'assumed; swept'),
  given('a side gains by its outcome, beside bonds', stakeUsd, 'USD', 'assumed; swept'),
  given('people are right', 100 * people.accuracy, '%', 'assumed; swept'),
  given('people who were drawn come', 100 * people.turnout, '%', 'assumed'),
  given('people err together', people.correlation, '', 'assumed'),
];
