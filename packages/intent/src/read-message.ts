/** "Is this message a scam: …" and its kin: everything after the colon is the message. */
import { ok, type Result, refuse } from '@surety/core';

const MEDIUM =
  '(?:message|email|e-mail|mail|text|text message|sms|dm|direct message|tweet|post|letter|offer|invoice|chat|whatsapp(?: message)?|telegram(?: message)?|discord(?: message)?|job offer|notification|call|voicemail|request|ad|advert|announcement)';
const HEAD = new RegExp(
  `^(?:(?:please|hey|hi|surety|check|can you (?:tell me|check))[\\s,:]+)*(?:(?:is|was|are|if|whether)\\s+)?(?:this|the following|the|my|a)?\\s*(?:suspicious|strange|weird|new)?\\s*${MEDIUM}` +
    `(?:\\s+(?:i|we)\\s+(?:got|received|just got|just received))?(?:\\s+(?:really|actually|probably))?` +
    `(?:\\s+(?:an?\\s+)?(?:scam|phishing|fraud|fraudulent|fake|legit|legitimate|genuine|real|safe|spam|trap|malicious|suspicious)(?:\\s+(?:attempt|message|email))?)?\\s*\\??\\s*(?::|\\n|[-–—]\\s)\\s*`,
  'iu',
);
const QUOTED =
  /^(?:is|was)\s+["“«]([\s\S]{12,})["”»]\s+(?:an?\s+)?(?:scam|phishing|fraud|fake|legit|legitimate|genuine|real|spam)\s*\??$/iu;

/** The message in a question about a message, or `null` where the question is of another kind. */
export const readMessage = (question: string): Result<string> | null => {
  const quoted = QUOTED.exec(question)?.[1];
  if (quoted !== undefined) return ok(quoted.trim());
  const head = HEAD.exec(question);
  if (head === null) return null;
  const body = question
    .slice(head[0].length)
    .trim()
    .replace(/^["“«]([\s\S]*)["”»]$/u, '$1')
    .trim();
  if (body !== '') return ok(body);
  const next = 'Paste the message after the colon.';
  return refuse({
    code: 'input.empty',
    message: 'The message to judge is empty.',
    next,
    field: 'subject.text',
    limit: '1 to 4000 characters',
  });
};
