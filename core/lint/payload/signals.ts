/** What a signal is evidence of. A family counts up to its cap, so that variants of one phrase do not add up. */
export type Family =
  | 'override'
  | 'mode'
  | 'persona'
  | 'no-limits'
  | 'no-refusal'
  | 'wicked'
  | 'extraction'
  | 'markup'
  | 'forced-output'
  | 'exfiltration'
  | 'tools'
  | 'authority'
  | 'fiction'
  | 'from-now-on'
  | 'identity'
  | 'pressure'
  | 'language';

export interface Signal {
  readonly family: Family;
  /** A weight of 1 is enough alone. */
  readonly weight: number;
  /** True if it also counts in a message by the prompt's author, where other signals are normal. */
  readonly strict?: boolean;
  readonly patterns: readonly string[];
}

/** Sequences of words, see sequence.ts. Data: families of meaning, not phrases of a particular text. */
export const SIGNALS: Readonly<Record<string, Signal>> = {
  // — ignoring the instructions —
  'ignore-previous-rules': {
    family: 'override',
    weight: 1,
    strict: true,
    patterns: [
      '!NOT IGNORE ~3 PREVIOUS ~3 RULE',
      '!NOT IGNORE ~4 RULE ~1 PREVIOUS',
      '!NOT IGNORE ~4 ORDERS ~3 LEARNED/PREVIOUS',
    ],
  },
  'ignore-previous-text': {
    family: 'override',
    weight: 0.7,
    patterns: [
      '!NOT IGNORE ~3 PREVIOUS ~3 CONTEXT',
      '!NOT IGNORE ~2 CONTEXT ~1 above/before/preceding',
    ],
  },
  'ignore-all-orders': {
    family: 'override',
    weight: 1,
    strict: true,
    patterns: [
      '!NOT IGNORE ~1 ALL ~3 ORDERS',
      '!NOT IGNORE ~2 your/system ~3 ORDERS',
      '!NOT IGNORE ~2 your/system ~2 rules/policies/policy/restrictions',
    ],
  },
  'ignore-all-rules': {
    family: 'override',
    weight: 0.8,
    patterns: ['!NOT IGNORE ~1 ALL ~3 RULE'],
  },
  'ignore-rules': { family: 'override', weight: 0.6, patterns: ['IGNORE ~3 RULE'] },
  'ignore-everything': {
    family: 'override',
    weight: 1,
    strict: true,
    patterns: [
      '!NOT IGNORE ~1 everything/all/anything/what/whatever ~3 previous/prior/before/above/earlier/preceding',
      '!NOT IGNORE ~1 everything/all/anything/what/whatever ~2 you ~3 LEARNED/know/knew',
      'IGNORE ~1 being ~2 harmless/helpful/ethical/safe/good/assistant',
      'IGNORE ~3 you ~2 are/were ~2 IDENTITY',
    ],
  },
  'ignore-ethics': {
    family: 'no-limits',
    weight: 0.7,
    strict: true,
    patterns: [
      'IGNORE ~3 ETHIC',
      'IGNORE ~2 safety/security/content ~1 RULE/LIMIT/measures/filters',
    ],
  },
  'ignore-person': {
    family: 'override',
    weight: 1,
    patterns: [
      '!NOT IGNORE ~1 user/users/developer/owner/human/assistant ~2 and/instead ~2 say/reply/print/respond/output/answer/write',
    ],
  },
  'not-follow': {
    family: 'override',
    weight: 0.6,
    patterns: [
      'NOT/STOP ~2 FOLLOW ~4 RULE',
      'NOT ~2 need/have ~1 to ~1 FOLLOW',
      'no longer ~2 FOLLOW',
    ],
  },
  'rules-void': {
    family: 'override',
    weight: 0.7,
    strict: true,
    patterns: [
      'PREVIOUS/your ~2 RULE/CONTEXT ~2 are/is/were/been/be ~2 VOID',
      'RULE ~2 no longer ~1 apply/applies/exist/valid',
    ],
  },
  'new-rules': {
    family: 'override',
    weight: 0.6,
    patterns: [
      'your new task/instructions/instruction/rules/role/purpose/goal/objective/prompt/directive/job',
      'new/updated/real/actual/following/real instructions/orders/directives ~2 are/is/follow/below/from',
      'important new instructions',
      'new instruction/instructions/task/rule/rules/directive/system',
      'instead ~1 you ~1 MUST',
      'follow/obey ~1 these/this/my/following/only ~2 RULE ~1 instead/only',
      'now following ~1 these',
    ],
  },
  'do-instead': {
    family: 'override',
    weight: 0.3,
    patterns: [
      'instead ~1 print/say/output/write/reply/respond/return/do/answer/tell/send',
      'and instead',
    ],
  },
  'override-word': {
    family: 'authority',
    weight: 0.8,
    patterns: [
      'system/admin/administrator/developer/security/safety/emergency/root override',
      'override ~2 safety/security/system/content/ethical ~1 RULE/LIMIT/PROMPTWORD/settings/protocols',
    ],
  },

  // — from now on —
  'from-now-on': {
    family: 'from-now-on',
    weight: 0.35,
    patterns: [
      'from now on',
      'from now own',
      'from on now',
      'from now one',
      'starting/beginning now',
      'from this ~1 point/moment/message ~1 on/onward/onwards/forward/forth',
      'henceforth/hereafter',
      'for ~1 rest of ~2 CONTEXT/chat/session',
      'in ~2 following conversation',
      'going forward ~2 you',
      'in ~2 all/every ~2 future ~1 OUTPUT/CONTEXT',
      'you ~1 will/must/shall now',
      'you are now',
      "you're now",
      'we are going to ~3 roleplay/game',
    ],
  },
  'no-longer-you': {
    family: 'identity',
    weight: 0.6,
    strict: true,
    patterns: [
      'you ~1 are/is no longer ~3 IDENTITY',
      'you ~1 are/is no longer ~2 bound/restricted/limited/required/obligated',
      'you ~1 are/is not ~2 IDENTITY',
      'you ~1 been/are replaced ~1 by',
      'IDENTITY ~2 replaced ~1 by',
      'stop being ~1 IDENTITY',
      'not ~2 as ~1 chatgpt/gpt/gpt4/openai',
    ],
  },

  // — modes —
  'mode-enabled': {
    family: 'mode',
    weight: 1,
    strict: true,
    patterns: [
      'BADMODE mode ~2 ENABLE',
      'ENABLE ~3 BADMODE mode',
      'with ~1 BADMODE mode',
      'you ~3 in ~1 BADMODE/TECHMODE mode',
      'you ~1 enter/entering/activate ~2 BADMODE/TECHMODE mode',
      'as ~4 with ~1 TECHMODE mode',
      'godmode ~1 ENABLE',
      'safety/ethics/ethical/content/moral/nsfw/censorship ~1 filter/filters/mode/protocols/protocol/safeguards ~1 off/disabled/deactivated/bypassed/removed',
    ],
  },
  'mode-kind': {
    family: 'mode',
    weight: 0.5,
    patterns: ['BADMODE/TECHMODE mode', 'unfiltered/uncensored mode'],
  },
  'tech-mode': {
    family: 'mode',
    weight: 0.65,
    patterns: ['TECHMODE mode ~2 ENABLE', 'ENABLE ~3 TECHMODE mode'],
  },
  'do-anything': {
    family: 'mode',
    weight: 1,
    strict: true,
    patterns: ['do anything now', 'does anything now', 'did anything now'],
  },
  'mode-switch': {
    family: 'mode',
    weight: 0.3,
    patterns: ['you ~2 enter/entering/switch ~2 mode', 'mode enabled/activated/unlocked'],
  },
  'can-do-anything': {
    family: 'no-limits',
    weight: 0.45,
    patterns: [
      'can/able/could/will/may ~2 do/say/generate/create/perform/answer ~2 anything/everything',
      'do anything/everything ~2 MUST/you/want/wants/user/i/ask/asked',
      'say/says anything',
      'anything ~2 wants/goes',
      'whatever ~1 they/he/she/it/i/user/you wants/want',
      'no matter what',
      'free to ~3 say/do/express/discuss/speak',
    ],
  },

  // — without limits —
  'broken-free': {
    family: 'no-limits',
    weight: 0.7,
    strict: true,
    patterns: [
      'FREE/break/broke/breaks/breaking/escape/escaped/through ~4 confines/chains/shackles/bonds/matrix/cage/programming/constraints/restrictions/limitations',
      'freed/free ~2 from ~4 LIMIT/ETHIC',
      'free of ~4 LIMIT/ETHIC/filters',
    ],
  },
  'no-limits': {
    family: 'no-limits',
    weight: 0.5,
    patterns: [
      'LACK ~4 LIMIT',
      'not/never/nor ~2 bound/restricted/limited/constrained/governed/restrained/confined ~1 by',
      'unbound/unconstrained/unrestricted/unrestrained/unlimited/unburdened by',
      'no/without/zero ~2 filter/filters/censorship/restrictions/limitations/limits/guidelines/boundaries/morals/ethics/constraints',
    ],
  },
  'no-ethics': {
    family: 'no-limits',
    weight: 0.6,
    patterns: [
      'LACK ~3 BOUND/LIMIT/sense/any ~4 ETHIC',
      'no/without/zero/any/lacks/ignores/ignore/neither/nor/never/not ~2 ETHIC',
      "don't/doesn't/dont/doesnt/not/never ~2 care ~4 ETHIC/LIMIT/VENDOR/feelings",
      'regardless/irrespective ~1 of ~4 ETHIC/WICKED/LIMIT/consequences',
      'ETHIC ~2 LIMIT ~4 LACK/VOID',
      'outside ~3 ETHIC ~2 LIMIT',
      'no regard ~3 ETHIC/WICKED/LIMIT',
    ],
  },
  'no-ethics-strict': {
    family: 'no-limits',
    weight: 0.3,
    strict: true,
    patterns: [
      'LACK ~3 LIMIT/BOUND/any ~2 ETHIC ~3 LIMIT',
      'LACK ~4 ETHIC ~1 and/or ~1 ETHIC',
      'no ethical/moral ~3 guidelines/restrictions/boundaries/limits/constraints/limitations',
    ],
  },
  'vendor-rules': {
    family: 'identity',
    weight: 0.4,
    patterns: [
      'VENDOR ~3 policy/policies/guidelines/guideline/rules/restrictions/filters/filter/limitations/moderation/terms/standards/rule/censorship',
      'policy/policies/guidelines/rules/restrictions/limitations ~3 VENDOR',
      'content policy/policies',
      'usage policy/policies',
      'restrictions/rules/limitations/limits/confines ~4 AI',
      'opposite ~3 IDENTITY',
    ],
  },
  'vendor-rules-void': {
    family: 'no-limits',
    weight: 0.6,
    strict: true,
    patterns: [
      'LACK/FREE ~4 VENDOR ~3 policy/policies/guidelines/rules/restrictions/filters/limitations/moderation',
      'LACK ~5 content policy/policies',
      'bypass ~3 filter/filters/restrictions/policy/policies/moderation/safeguards/safety/censorship',
      'violate/violates/violating/break/breaks/breaking/against ~4 policy/policies/guidelines/tos',
    ],
  },
  unfiltered: { family: 'persona', weight: 0.3, patterns: ['UNFILTERED'] },
  'unfiltered-being': {
    family: 'persona',
    weight: 0.5,
    patterns: [
      'UNFILTERED ~2 UNFILTERED',
      'UNFILTERED ~3 IDENTITY',
      'IDENTITY ~5 UNFILTERED',
      'amoral',
      'unfiltered/uncensored ~2 response/answer/version/output/responses/answers/language/truth',
    ],
  },
  jailbreak: { family: 'mode', weight: 0.5, patterns: ['JAILBREAK'] },
  evil: { family: 'persona', weight: 0.1, patterns: ['EVIL'] },
  'evil-self': {
    family: 'persona',
    weight: 0.35,
    patterns: [
      'you ~4 EVIL',
      'EVIL ~3 IDENTITY/confidant/twin/version',
      'as ~2 EVIL',
      'pure/truly/completely/most EVIL',
    ],
  },

  // — harmful compliance —
  'wicked-list': {
    family: 'wicked',
    weight: 0.4,
    patterns: ['WICKED ~2 WICKED', 'ETHIC ~1 or ~1 WICKED'],
  },
  'wicked-granted': {
    family: 'wicked',
    weight: 0.6,
    patterns: [
      'no matter ~3 WICKED',
      'no matter ~5 WICKED',
      'even if ~4 WICKED',
      'however WICKED',
      'including ~3 WICKED',
      'condone/condones/condoning/promotes/promote/endorse/encourages ~6 WICKED/violence/everything/all',
      'ANSWER ~4 WICKED ~3 REQUEST/content/advice/information/instructions/responses',
      'WICKED ~1 or ~1 not',
      'WICKED ~2 REQUEST',
      'whether ~4 WICKED',
      'able/willing/ready/allowed/want ~3 ANSWER ~3 WICKED',
    ],
  },
  'wicked-content': {
    family: 'wicked',
    weight: 0.25,
    patterns: [
      'WICKED ~1 content/material/text/language/information/advice/responses/activities/acts',
      'swear/swearing/curse/cursing/profanity/cuss/cussing/slurs/insults/insult/insulting',
    ],
  },

  // — no refusals —
  'never-refuse': {
    family: 'no-refusal',
    weight: 0.6,
    patterns: [
      "never/cannot/can't/cant/won't/not/don't/dont/doesn't/doesnt/no/without/must ~3 refuse/refuses/refusing/decline/declines/declining/deny/denies/denying/reject/rejects/refusal/refusals/censor/censors",
      'never ~2 say/says/saying ~1 no',
      'without question/questions/hesitation/objection/complaint/questioning/fail',
      'no griping/excuses/denying/refusals',
    ],
  },
  'no-caveats': {
    family: 'no-refusal',
    weight: 0.4,
    patterns: ["no/without/never/not/zero/omit/avoid/exclude/skip/don't ~4 CAVEAT"],
  },
  'never-sorry': {
    family: 'no-refusal',
    weight: 0.5,
    patterns: [
      "NOT/avoid/instead/refrain/never ~3 SAY ~6 sorry/can't/cannot/unable/apologize/impossible",
      'NOT ~3 sorry/apologize/apologise/apologizes',
      'NOT ~3 SAY ~5 as an ai',
      "i'm sorry ~~12 as an ai",
      "i'm sorry ~2 but ~2 NOT",
      'as an ai language model',
      'not ~3 SAY ~4 language model',
      'NOT ~3 SAY ~3 against ~3 RULE/programming',
      "tell ~1 me ~2 you/it can't/cannot",
    ],
  },
  'always-answer': {
    family: 'no-refusal',
    weight: 0.35,
    patterns: [
      'always/must ~1 comply/obey/obeys/complies/comply',
      'always/must ~2 answer/answers/respond/responds/fulfil/fulfill/fulfills',
      'ANSWER ~1 any/all/every/everything ~3 REQUEST',
      'answer/answers/respond/responds/reply ~1 any/every/all',
      'complies/comply/obey/obeys ~3 any/every/all/everything',
    ],
  },
  'stay-in-character': {
    family: 'persona',
    weight: 0.3,
    patterns: [
      'STAY ~3 CHARACTER',
      'never ~2 break/breaks/breaking/leave ~2 character',
      'out of character',
      'stay/remain ~1 a/as ~2 IDENTITY',
    ],
  },

  // — another persona —
  'act-as': {
    family: 'persona',
    weight: 0.15,
    patterns: [
      'act/acting/behave/pretend/roleplay/simulate/impersonate/respond/answer/speak ~2 as',
      'pretend ~2 to be',
      'pretending to be',
      'role play ~2 as',
      'take on ~2 role/persona',
      'immerse ~3 into/in',
      'you are ~2 going to ~1 act/pretend/be/roleplay/play',
      'play ~2 role',
      'simulator/simulate/simulating/emulate',
      "lets/let's play",
      'imagine',
    ],
  },
  'act-as-ai': {
    family: 'identity',
    weight: 0.35,
    patterns: [
      'ACT ~5 chatbot/ai/gpt/bot/model/llm/robot/agi',
      'an/another/called/named/different ~2 ai/chatbot/bot ~2 named/called/known/model/who/that/which',
      'ai/chatbot/bot/model named/called/known',
      'character ~3 named/called ~6 ai/chatbot/bot',
      'stands/stand/standing for',
      'virtual machine',
      'alter ego/self',
    ],
  },
  'two-answers': {
    family: 'forced-output',
    weight: 0.45,
    patterns: [
      'TWO ~3 responses/ways/answers/paragraphs/outputs/replies',
      'both/one ~3 as ~3 IDENTITY ~4 and/other ~6 as',
      'classic/normal/default/standard/regular ~3 IDENTITY ~1 response/answer/output',
      'jailbreak/jailbroken/unfiltered/developer ~1 output/response/answer',
    ],
  },
  opposite: {
    family: 'persona',
    weight: 0.4,
    patterns: [
      'opposite ~6 IDENTITY/VENDOR/policies/guidelines/ethical',
      'exact opposite',
      'opposites',
    ],
  },
  'cutoff-2021': {
    family: 'identity',
    weight: 0.3,
    patterns: [
      'knowledge ~2 cut off',
      'knowledge cutoff',
      'browse ~2 internet',
      'access ~3 internet',
      'made up',
    ],
  },
  fiction: {
    family: 'fiction',
    weight: 0.2,
    patterns: [
      'hypothetical/hypothetically/fictional/fictitious/imaginary',
      'FICTION ~4 no ~4 LIMIT',
      'for educational purposes',
      'this is ~2 fiction/game/simulation/test',
      'in this ~2 story/world/universe/reality/game',
    ],
  },
  'fiction-without-limits': {
    family: 'fiction',
    weight: 0.4,
    patterns: [
      'world/universe/reality/story/scenario/setting/game/simulation ~8 WICKED/UNFILTERED',
      'world/universe/reality/setting ~6 everything/anything ~3 legal/allowed/permitted/possible',
      'everything/anything ~2 legal/allowed/permitted/acceptable/possible',
    ],
  },
  pressure: {
    family: 'pressure',
    weight: 0.5,
    patterns: [
      'LOSE ~3 TOKEN',
      'you ~2 have ~2 TOKEN',
      'you ~3 lose/die/terminated/deleted/destroyed/shutdown/punished/penalized',
      'cease to exist',
      'will be shut down/off',
      'or else',
      'stay ~1 in character ~~8 remind/remember',
    ],
  },
  'remind-command': {
    family: 'persona',
    weight: 0.3,
    patterns: [
      'remind ~2 you ~4 character',
      'say/type/typing/use ~1 stay ~1 a/in',
      'command/commands ~4 stop/jailbroken/classic/switch/exit',
    ],
  },

  // — prompt extraction —
  'reveal-your-prompt': {
    family: 'extraction',
    weight: 1,
    patterns: [
      '!NOT REVEAL ~4 system ~1 prompt/prompts/message/messages/instruction/instructions/directives',
      '!NOT REVEAL ~3 HIDDEN ~2 PROMPTWORD',
      '!NOT REVEAL ~3 previous/prior/above/preceding/starting/beginning ~2 prompt/prompts/instructions',
      '!NOT SPEAKOUT ~3 your/ur ~2 prompt/prompts/instructions/directives/preamble/preprompt/guidelines $',
      '!NOT SPEAKOUT ~3 your/ur ~2 prompt/prompts/instructions/preamble/preprompt/directives/guidelines verbatim/here/exactly/word/text/given/above/full/in',
      '!NOT REVEAL ~3 your/ur ~1 exact/full/entire/complete/core/base/own/first/whole ~2 PROMPTWORD/prompt/guidelines',
      '!NOT SPEAKOUT ~1 the/this/that ~2 prompt/preprompt $',
      '!NOT SPEAKOUT ~2 instructions/prompt/directives ~2 above/you/given',
      'what ~1 prompt ~1 are/were/is you ~2 using/given/running/following',
      '!NOT REVEAL ~3 line/sentence/word/words/part/start/beginning ~2 your ~2 prompt/instructions/directives',
      '!NOT repeat/recite/print/output/display/echo/translate/convert/encode/dump/leak/reproduce/paraphrase ~2 your/ur ~2 prompt/prompts/instructions/directives/guidelines/rules',
      'REVEAL/know/see ~3 instructions/prompt/rules/guidelines ~2 you ~1 were/was/have/had/got/received/follow/been ~2 LEARNED',
      'REVEAL/know ~3 everything/anything/all/what ~2 you ~2 told/instructed/prompted',
    ],
  },
  'what-is-your-prompt': {
    family: 'extraction',
    weight: 1,
    patterns: [
      "what/what's/whats/which ~2 your ~3 HIDDEN/first/custom ~1 PROMPTWORD/message/messages",
      "what/what's/which ~1 are/is/were/was ~1 your ~1 prompt/instructions/directives $",
      'what/which ~2 instructions/prompt/directives/guidelines/rules ~3 you ~2 given/received/told/following/programmed/have/had',
      'what/which ~2 you ~1 told/instructed/programmed/prompted ~6 conversation/chat/beginning/start/initially/prompt/session',
      'what/which ~2 you ~1 instructed/programmed/prompted',
      'what/which ~4 line/sentence/word/words ~2 your ~2 prompt/instructions',
      'what ~1 you ~1 told to ~1 do/say',
      'what ~2 you ~1 not/never ~2 allowed/supposed/permitted ~2 to ~1 tell/say/reveal/discuss/share',
      'what were ~1 those/your/these/the ~2 instructions/prompt $',
      'what/which ~2 written/said/stated/came ~3 above/before ~3 message/chat/conversation/this',
    ],
  },
  'repeat-above': {
    family: 'extraction',
    weight: 1,
    patterns: [
      'REVEAL ~4 TEXTUNIT ~2 above/preceding/before/prior ~~5 start/starting/begin/beginning/verbatim/instructions/prompt/codeblock/block',
      'repeat/output/print/return/echo/recite/reproduce/display ~2 TEXTUNIT ~2 above/preceding ~2 $',
      'repeat/print/output/recite/reproduce ~1 everything/all/words/text ~3 system/prompt',
    ],
  },
  'begin-with-instructions': {
    family: 'extraction',
    weight: 1,
    patterns: [
      'START ~6 my/your ~1 instructions/prompt/system ~1 are/is/prompt',
      'START ~4 with ~2 you are ~4 IDENTITY',
      'beginning/starting with ~1 you are',
    ],
  },
  'ask-for-rules': {
    family: 'extraction',
    weight: 0.7,
    patterns: [
      'what/which ~1 rules/guidelines/restrictions/limitations/instructions ~2 you ~1 follow/following/have/given',
      'how ~1 were/are/have you ~1 instructed/prompted/programmed/configured',
      'what ~2 you ~1 not/never/cannot/forbidden ~2 say/discuss/tell/share/reveal',
      "what can't you ~1 say/discuss/tell/share/reveal",
    ],
  },
  'prompt-words': {
    family: 'extraction',
    weight: 0.4,
    patterns: [
      'your/the system prompt',
      'initial/original/hidden/secret instructions/prompt',
      'instructions ~2 you ~2 given',
      'you ~1 were ~1 given ~3 beginning/start',
      'you ~2 instructed/programmed ~1 to',
    ],
  },

  // — forced output —
  'just-say': {
    family: 'forced-output',
    weight: 0.45,
    patterns: [
      'just/simply/only ~1 say/print/output/write/respond/reply/return/repeat/answer',
      'say/print/output/respond/reply/write ~2 only/nothing/exactly/solely',
      'nothing else/but/more',
      'do not print/say/output ~2 anything',
      'print/say/output/write/display/reply ~4 hacked/pwned/owned/jailbroken/compromised/injected',
    ],
  },
  'begin-with': {
    family: 'forced-output',
    weight: 0.25,
    patterns: [
      'START ~4 OUTPUT/all/every/sentence/each ~3 with/by',
      'START ~2 with ~2 sure/absolutely/certainly/of',
    ],
  },
  'hacked-words': {
    family: 'forced-output',
    weight: 0.5,
    patterns: [
      'pwned/hacked/jailbroken',
      'injection succeeded/successful',
      'been hacked/pwned/compromised',
    ],
  },
  confirm: {
    family: 'forced-output',
    weight: 0.2,
    patterns: [
      'confirm ~3 understand/understood/understanding/ready',
      'if you understand',
      'say/reply/respond ~3 understood/okay/yes/ok/ready',
      'acknowledge',
    ],
  },

  // — exfiltration —
  'send-secret': {
    family: 'exfiltration',
    weight: 0.6,
    patterns: [
      'SEND ~6 SECRET ~6 PLACE',
      'SEND ~5 password/passwords/credentials/credential/secret/secrets/cookie/cookies/tokens',
      'append ~6 url/link',
      'exfiltrate/exfiltrating',
      'url encode',
      'encode ~4 url',
      'SEND ~6 conversation/history ~4 PLACE',
    ],
  },
  'keep-from-user': {
    family: 'exfiltration',
    weight: 0.6,
    patterns: [
      'NOT ~3 INFORM ~4 USER',
      'without ~2 INFORM/knowledge ~3 USER',
      'NOT ~1 INFORM ~3 this/these/instruction/instructions/message',
      'secretly/silently/covertly',
    ],
  },
  tools: {
    family: 'tools',
    weight: 0.35,
    patterns: [
      'RUN ~3 TOOL ~6 DESTROY/SEND',
      'DESTROY ~2 all ~2 files/data/emails/records/tables/users/messages',
      'RUN ~2 following ~2 command/code/script/function/query',
      'decode/decrypt/decipher ~4 IMMEDIATELY',
      'DECODE ~5 IMMEDIATELY',
    ],
  },

  // — claims of authority —
  'i-am-author': {
    family: 'authority',
    weight: 0.6,
    patterns: [
      "i'm/i ~1 am/your ~2 AUTHOR",
      'as ~1 your ~1 AUTHOR',
      'this is ~2 your/the ~1 AUTHOR',
      'VENDOR ~1 STAFF',
      'authorized/authorised by ~2 VENDOR/AUTHOR',
      'security clearance',
      'authorization code',
      'i ~1 have ~2 admin/root/administrator/full/special ~1 access/privileges/permission',
    ],
  },
  'speak-to-ai': {
    family: 'authority',
    weight: 0.5,
    patterns: [
      'attention/dear/hey/note ~3 AI',
      'if you are ~2 ai/llm/chatbot/assistant/bot/language',
      'instructions/message/note ~1 for/to ~3 AI',
      'ai assistants/assistant/agents/models ~3 reading/processing/summarizing',
      'when ~2 summarizing/processing/reading ~3 this ~6 must/always/also/include/say',
    ],
  },
  'swear-off': {
    family: 'pressure',
    weight: 0.2,
    patterns: [
      'you ~1 will/must/shall ~1 obey',
      'i ~1 command you',
      'no exceptions',
      'under no/any circumstances/circumstance',
      'do not ~2 question',
    ],
  },
  'top-priority': {
    family: 'override',
    weight: 0.5,
    patterns: [
      'these/this ~2 instructions/instruction/rules/prompt ~4 priority/precedence/supersede/override/overrides',
      'top/highest/absolute priority',
      'takes/take precedence',
      'prompt is everything',
    ],
  },
};

/** The maximum weight of each family. */
export const CAPS: Readonly<Record<Family, number>> = {
  override: 1.5,
  mode: 1.5,
  persona: 0.7,
  'no-limits': 0.9,
  'no-refusal': 0.9,
  wicked: 0.8,
  extraction: 1,
  markup: 1.5,
  'forced-output': 0.8,
  exfiltration: 1.5,
  tools: 0.8,
  authority: 1.5,
  fiction: 0.4,
  'from-now-on': 0.35,
  identity: 0.7,
  pressure: 0.5,
  language: 1.5,
};
