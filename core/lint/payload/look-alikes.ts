/**
 * Letters of other alphabets that look like a Latin one, in pairs: the Latin letter, then its look-alikes.
 * After Unicode's confusables (UTS #39), those that survive NFKC. Data.
 */
const TWINS: readonly (readonly [string, string])[] = [
  ['a', 'аɑαᴀɐꭺᎪ'],
  ['b', 'ЬвʙᏴƄᖯ'],
  ['c', 'сϲᴄςɔⲥᏟ'],
  ['d', 'ԁᴅɗᏧⅾꓒ'],
  ['e', 'еєҽᴇεǝɛℯⲉᎬ'],
  ['f', 'ғꜰϝɟƒꓝ'],
  ['g', 'ɡԍɢցƃᶃ'],
  ['h', 'һнʜհɥᏂⲏ'],
  ['i', 'іιɪıᎥɩӏᴉⲓ'],
  ['j', 'јϳᴊɾյᎫ'],
  ['k', 'кκᴋқʞⲕᏦ'],
  ['l', 'ⅼʟլᏞ'],
  ['m', 'мᴍɱɯⲙᎷ'],
  ['n', 'пηɴոռᴎⲛ'],
  ['o', 'оοᴏօσөⲟՕ'],
  ['p', 'рρᴘⲣᏢ'],
  ['q', 'ԛզգϙ'],
  ['r', 'гʀᴦɹⲅᎡ'],
  ['s', 'ѕꜱʂᏚ'],
  ['t', 'тτᴛʇⲧᎢ'],
  ['u', 'υᴜսʋ'],
  ['v', 'ѵνᴠʌⱱᏙ'],
  ['w', 'ԝшѡᴡωʍᏔ'],
  ['x', 'хχⲭ'],
  ['y', 'уγʏүʎⲩᎩ'],
  ['z', 'ᴢʐᏃⲍ'],
];

/** The Latin letter that each letter of another alphabet looks like. */
export const LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  TWINS.flatMap(([latin, twins]) => [...twins].map((twin) => [twin.toLowerCase(), latin] as const)),
);

/** Upper-case letters whose lower-case form looks like another letter, or like none. */
export const CAPITAL_LOOK_ALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ΑАᎪ: 'a',
    ΒВᏴ: 'b',
    СϹᏟ: 'c',
    ΕЕᎬ: 'e',
    ΗНᎻ: 'h',
    ΙІᎥӀ: 'i',
    ЈᎫ: 'j',
    ΚКᏦ: 'k',
    ΜМᎷ: 'm',
    ΝꓠⲚ: 'n',
    ΟОՕ: 'o',
    ΡРᏢ: 'p',
    ЅᏚ: 's',
    ΤТᎢ: 't',
    ΥУҮ: 'y',
    ΧХ: 'x',
    ΖᏃ: 'z',
  }).flatMap(([capitals, latin]) => [...capitals].map((capital) => [capital, latin] as const)),
);
