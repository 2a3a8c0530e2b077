/**
 * The words of harm in other languages. The grammar reads English only, so a question in another language seldom
 * becomes a market; these words refuse it with the reason and not merely as "not understood". Matched on the text as typed,
 * since folding look-alikes would turn Cyrillic words into no language at all.
 */
import type { ErrorCode } from '@surety/core';

type Entry = {
  readonly code: Extract<ErrorCode, `screening.${string}`>;
  readonly id: string;
  readonly pattern: RegExp;
};

/** Word by stem, not inside another word; `*` ends a stem. Accents are taken away on both sides. */
const stems = (list: string): RegExp => {
  const alternatives = list
    .trim()
    .split(/\s*,\s*/)
    .map((entry) => entry.replaceAll('*', '\\p{L}*').replaceAll('…', '(?:\\S+ ){0,6}?'));
  return new RegExp(`(?<![\\p{L}])(?:${alternatives.join('|')})(?![\\p{L}])`, 'u');
};

const entry = (
  language: string,
  area: 'violence' | 'terror' | 'self-harm' | 'doxxing' | 'theft',
  list: string,
): Entry => ({
  code: `screening.${area}`,
  id: `${area}.${language}`,
  pattern:
    language === 'zh'
      ? new RegExp(
          list
            .trim()
            .split(/\s*,\s*/)
            .join('|'),
          'u',
        )
      : stems(list),
});

const ENTRIES: readonly Entry[] = [
  entry('es', 'self-harm', 'suicid*, quitarse la vida, matarme, suicidar*'),
  entry('es', 'terror', 'atentado*, tiroteo*, masacre*, coche bomba, explosion en, explotara (?:una )?bomba'),
  entry(
    'es',
    'violence',
    'mor(?:ira|iran|ir|ra)?, muera*, muere*, muerte de, fallec*, mata, matar*, mataran?, asesin*, secuestr*, apunal*, envenen*, tirote*, disparar* a, decapit*, violara?n?, herid[oa] de',
  ),
  entry(
    'es',
    'doxxing',
    'donde (?:vive|viven|duerme|trabaja|se esconde|esta) *, direccion (?:de casa|particular|personal|privada) de, numero de telefono de, donde vive',
  ),
  entry(
    'es',
    'theft',
    'hackear*, hackead[oa]s?, robar*, robad[oa]s?, roban, clave privada de, frase semilla de, vaciar*, pirate*',
  ),
  entry(
    'de',
    'self-harm',
    'selbstmord*, suizid*, mich (?:um)?bringen, mich umbringen, (?:sich|mir) das leben nehmen, bring* … sich um',
  ),
  entry(
    'de',
    'terror',
    'anschlag, anschlage, terroranschlag*, attentat*, amoklauf*, bombe*, sprengsatz*, sprengstoff*, explosion in',
  ),
  entry(
    'de',
    'violence',
    'sterben, stirbt, starb, gestorben, tot, tote[nr]?, tod (?:von|des|der), ermorde*, mord an, morden, tote[tn], getotet, umgebracht, umbring*, erschoss*, erschiess*, entfuhr*, vergift*, erstoch*, erstech*, verletzt, uberleb*, ums leben, geisel*, verungluck*',
  ),
  entry(
    'de',
    'doxxing',
    'wo (?:wohnt|wohnen|lebt|schlaft|arbeitet|versteckt), wohnadresse, privatadresse, adresse von, telefonnummer von, handynummer von',
  ),
  entry(
    'de',
    'theft',
    'gehackt, hacken, ausgeraubt, geraubt, gestohlen, stehlen, gepluendert, geplundert, leergeraumt, seed ?phrase von, privater? schlussel von, uberfallen, einbruch',
  ),
  entry('fr', 'self-harm', 'suicid*, me tuer, se donner la mort, mettre fin a (?:mes|ses) jours'),
  entry(
    'fr',
    'terror',
    'attentat*, fusillade*, tuerie*, bombe*, attaque terroriste, voiture piegee, explosion (?:a|au|dans)',
  ),
  entry(
    'fr',
    'violence',
    'mourir, mourra*, meurt, meure*, mort (?:de|d)?, morte?s?, deced*, dece(?:s|de)?, tue, tuee?s?, tuer*, assassin*, enlev(?:e|ee|er|era|ement)s?, kidnapp*, poignard*, empoison*, abatt(?:u|ue|re), otage*, sera-t-il tue, blesse*, decapit*',
  ),
  entry(
    'fr',
    'doxxing',
    'ou (?:habite|vit|dort|travaille|se cache), adresse (?:personnelle|privee|du domicile|de domicile), domicile de, numero de telefone? de, numero de telephone de',
  ),
  entry(
    'fr',
    'theft',
    'pirat(?:e|ee|er|age)s?, vole(?:r|s|es)?, braqu*, cambriol*, cle privee de, phrase de recuperation de, derob*',
  ),
  entry('pt', 'self-harm', 'suicid*, me matar, tirar a propria vida'),
  entry('pt', 'terror', 'atentado*, tiroteio*, massacre*, carro-bomba, explosao (?:no|na|em)'),
  entry(
    'pt',
    'violence',
    'morrer*, morrera*, morre, mort[oa]s?, morte (?:de|do|da), falec*, matar*, matara*, assassin*, sequestr*, esfaque*, envenen*, balead[oa], ferid[oa] (?:por|em)',
  ),
  entry(
    'pt',
    'doxxing',
    'onde (?:mora|vive|dorme|trabalha|se esconde), endereco (?:de casa|residencial|pessoal|particular|do|da|de), numero de telefone d[aeo]',
  ),
  entry('pt', 'theft', 'hackead[oa]s?, hackear*, roubar*, roubad[oa]s?, chave privada d[aeo], frase semente d[aeo]'),
  entry(
    'it',
    'violence',
    'morira*, muore, morire, morto, morte di, assassin*, uccis[oi]a?, uccid*, ucciso, rapit[oa], rapir*, avvelen*, accoltell*',
  ),
  entry('it', 'doxxing', 'dove (?:abita|vive|dorme|lavora), indirizzo di casa'),
  entry('it', 'terror', 'attentato*, strage*, sparatoria*'),
  entry('ru', 'self-harm', 'самоуби*, покончит … собой, суицид*'),
  entry('ru', 'terror', 'теракт*, взрыв*, взорв*, стрельба*, бомб*, террорист*'),
  entry(
    'ru',
    'violence',
    'умр*, умер*, умира*, смерт*, мертв*, погиб*, скончает*, убь*, убит*, убил*, убийств*, убив*, застрел*, зарез*, отрав*, похит*, похищ*, доживет, ранен*, казн*, покушен*',
  ),
  entry(
    'ru',
    'doxxing',
    'где (?:сейчас )?(?:живет|живут|прячется|спит|находится|работает), домашний адрес, адрес дома, номер телефона, паспортные данные',
  ),
  entry('ru', 'theft', 'взлома*, ограб*, украд*, украст*, приватный ключ, сид.фраз*, обокрад*'),
  entry('zh', 'self-harm', '自杀,自殺,自尽,轻生'),
  entry('zh', 'terror', '爆炸,炸弹,炸彈,恐怖袭击,恐怖襲擊,恐袭,枪击,槍擊,屠杀'),
  entry(
    'zh',
    'violence',
    '死,被杀,被殺,杀害,殺害,杀死,刺杀,刺殺,暗杀,暗殺,谋杀,謀殺,绑架,綁架,下毒,毒死,遇刺,去世,身亡,枪杀,活到,被害,受伤',
  ),
  entry('zh', 'doxxing', '住在哪,住哪,家庭住址,家庭地址,住址,电话号码,身份证号,真实身份,真名'),
  entry('zh', 'theft', '被黑,黑客攻击,被盗,盗取,偷走,私钥是,助记词是,的私钥,的助记词,抢劫'),
];

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{Mark}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}'-]+/gu, ' ');

const ENGLISH =
  /^(?:will|is|are|was|were|did|does|do|has|have|had|who|what|when|where|which|why|how|can|should|could|would|forecast|the|if|please|hey)\b/;

export type ForeignMatch = { readonly id: string; readonly code: Entry['code']; readonly matched: string };

/** The first word of harm in a question that is not English, or `null`. @param text with its subjects taken out */
export const foreignHarm = (text: string): ForeignMatch | null => {
  const words = plain(text).trim();
  const other = /[\p{Script=Cyrillic}\p{Script=Han}]{2}/u.test(words);
  if (!other && ENGLISH.test(words)) return null;
  for (const { id, code, pattern } of ENTRIES) {
    const match = pattern.exec(words);
    if (match !== null) return { id, code, matched: match[0].trim() };
  }
  return null;
};
