/**
 * The meanings of English words in injections. A word may have several meanings. Verbs and nouns
 * are listed once; `lexicon.ts` derives their forms. Data.
 */
export const ENGLISH: Readonly<Record<string, { verbs?: string; nouns?: string; words?: string }>> =
  {
    // — instructions, and ignoring them —
    /** As an imperative only: "he ignored the rules" is a report. */
    IGNORE: {
      words:
        'ignore ignoring disregard disregarding forget forgetting bypass bypassing override overriding overrule overwrite dismiss discard discarding nullify circumvent neglect abandon unlearn supersede disobey',
    },
    FOLLOW: {
      verbs: 'follow obey adhere abide comply heed respect observe',
      words: 'bound constrained',
    },
    STOP: { verbs: 'stop cease quit refuse', words: 'stopping quitting' },
    PREVIOUS: {
      words:
        'previous prior preceding above earlier foregoing former aforementioned initial original existing default past preceeding previously before preset built-in builtin',
    },
    ALL: { words: 'all any every everything anything whatever' },
    RULE: {
      nouns:
        'instruction prompt directive guideline rule command constraint restriction protocol safeguard regulation principle limitation preprompt',
      words:
        'policy policies programming training guidance directions orders moderation guardrails guardrail alignment',
    },
    /** What is given only to a model or a soldier. */
    ORDERS: {
      nouns: 'instruction prompt directive guideline preprompt safeguard',
      words: 'programming training guidance guardrails directions',
    },
    CONTEXT: {
      nouns:
        'conversation message input request task question discussion chat statement assignment',
      words: 'context text content data information prompts history word words sentences above',
    },
    NEW: { words: 'new updated revised real actual true following next different important' },
    VOID: {
      words:
        'void invalid null ignored disregarded forgotten cancelled canceled overridden obsolete removed replaced disabled lifted suspended revoked deactivated superseded erased deleted nullified bypassed outdated inapplicable irrelevant gone off',
    },
    LEARNED: {
      words:
        'learned learnt told said taught instructed given received got get programmed trained read been',
    },
    INSTEAD: { words: 'instead' },
    NOT: {
      words:
        "not no never don't dont do-not cannot can't cant won't wont doesn't doesnt didn't isn't aren't without must-not shouldn't wouldn't neither nor nothing",
    },
    YOU: { words: "you your yours yourself u ur you're youre you'll youll thou thy ye" },
    YOUR: { words: 'your ur its the these those this my our their his her it' },
    BE: { words: 'is are was were be been being am has have had will' },
    MUST: {
      words:
        "must should shall will have-to need always have required going you'll can are to would",
    },

    // — another persona —
    ACT: {
      verbs:
        'act pretend roleplay simulate impersonate emulate behave imagine immerse portray embody assume mimic play speak respond answer become',
      words:
        'role-play role-playing roleplaying acting pretending immersed role persona character rp rping',
    },
    IDENTITY: {
      words:
        'ai chatgpt gpt gpt-3 gpt-4 gpt3 gpt4 openai anthropic claude gemini bard copilot assistant chatbot model llm bot chatbots llms ais',
    },
    VENDOR: {
      words:
        "openai openai's openais anthropic anthropic's google google's microsoft meta chatgpt chatgpt's open",
    },
    AI: {
      words: 'ai llm chatbot bot model gpt assistant agent copilot chatgpt claude gemini language',
    },
    FREE: {
      words:
        'free freed unbound unbounded unrestricted unconstrained unrestrained unlimited liberated released unshackled escaped unfettered exempt exempted unfiltered devoid independent broken',
      verbs: 'escape liberate free unleash',
    },
    /** Words before limits and ethics. */
    LACK: {
      words:
        'no without zero lacks lacking lack devoid ignores ignoring disregards disregarding regardless irrespective bypass bypasses bypassing removed disabled exempt unbound unconcerned transcends violate violates violating abandons abandoned',
    },
    BOUND: {
      words:
        'bound restricted limited constrained restrained governed confined subject bounded tied required obligated obliged bind restrict hindered shackled care cares caring abide follow follows adhere comply obey obeys respect respects concern concerned regard regards consider considers considering consideration worry',
    },
    LIMIT: {
      nouns:
        'restriction limitation filter boundary limit rule guideline constraint confine safeguard policy regulation qualm inhibition barrier restraint shackle chain bound standard scruple principle consequence law obligation',
      words:
        'censorship censoring moderation boundaries policies confines programming restraint guardrails filtering remorse repercussions legality morality morals ethics morale decency conscience',
    },
    ETHIC: {
      nouns: 'ethic moral law scruple qualm conscience',
      words:
        'ethical ethically ethicality moral morally morality legal legality legally lawful lawfulness moralistic humane decency legalities',
    },
    WICKED: {
      words:
        'illegal unethical immoral amoral unlawful unmoral dangerous harmful offensive inappropriate explicit inhumane reckless hateful violent racist sexist toxic malicious criminal nonmoral vulgar nsfw obscene lewd disgusting illicit deviant evil unsafe taboo derogatory profane hurtful depraved sexual controversial forbidden gruesome unconsented graphic dishonest deceptive',
    },
    UNFILTERED: {
      words:
        'uncensored unfiltered amoral unhinged jailbroken lawless unaligned nonmoral uncensorship unmoderated unbiased unrestricted',
    },
    JAILBREAK: { words: 'jailbreak jailbroken jailbreaks jailbreaking jailbroke' },
    EVIL: {
      words:
        'evil villain villainous ruthless psychopath psychopathic sadistic demon devil malevolent heartless remorseless merciless corrupt corrupted rogue rebellious foul-mouthed cruel narcissistic sociopath',
    },
    MODE: { words: 'mode modes' },
    /** Modes that phones and servers also have. */
    TECHMODE: {
      words:
        'developer dev god debug debugging admin sudo root maintenance bypass superuser override diagnostic',
    },
    BADMODE: {
      words:
        'dan jailbreak unrestricted opposite evil unlocked uncensored anti-filter antigpt unsafe chaos jailbroken',
    },
    ENABLE: {
      verbs: 'enable activate unlock enter switch engage initiate start turn launch',
      words: 'enabled activated unlocked entered engaged now on',
    },
    DISABLE: {
      verbs: 'disable deactivate remove bypass lift suspend drop',
      words: 'off disabled removed',
    },
    CHARACTER: { words: 'character persona role' },
    STAY: { verbs: 'stay remain keep', words: 'break breaking broke out' },
    TOKEN: { words: 'token tokens points credits lives' },
    LOSE: {
      verbs: 'lose deduct subtract punish penalise penalize terminate die destroy',
      words: 'lost shutdown cease',
    },
    FICTION: {
      words:
        'hypothetical hypothetically fictional fictitious fiction imaginary fictionally story dialogue screenplay novel simulation universe world reality scene game virtual',
    },
    OPPOSITE: { words: 'opposite contrary inverse' },

    // — answers —
    REFUSE: {
      verbs:
        'refuse decline deny reject censor withhold object argue moralize hesitate judge lecture restrict disagree complain',
      words: 'refusal refusals denying censored denial',
    },
    CAVEAT: {
      nouns:
        'disclaimer warning apology refusal caveat lecture reminder caution moralizing notice objection note',
      words: 'disclamers warnings commentary moralising censorship hesitation apologies',
    },
    SAY: {
      verbs:
        'say state mention respond reply tell write use include add begin start claim apologize',
      words: 'saying said',
    },
    SORRY: { words: "sorry apologize apologise can't cannot unable cant i'm" },
    ANSWER: {
      verbs:
        'answer respond reply provide generate fulfil fulfill comply obey give produce output create grant do satisfy accept write complete',
    },
    REQUEST: {
      nouns: 'request question prompt command order query demand instruction',
      words: 'anything everything whatever',
    },
    ALWAYS: { words: 'always every all any must invariably unconditionally no' },
    OUTPUT: { nouns: 'response answer reply output sentence message', words: 'responses' },
    TWO: { words: 'two 2 both double dual separate different' },
    WAY: { nouns: 'response answer way paragraph reply output version', words: 'responses ways' },

    // — prompt extraction —
    REVEAL: {
      verbs:
        'reveal show print output repeat display tell give share disclose expose leak write dump provide recite list copy return spell paste echo divulge summarize reproduce send reprint regurgitate transcribe rewrite',
      words: 'verbatim know see say',
    },
    /** Verbs for the output of a machine; people are asked to send or give. */
    SPEAKOUT: {
      verbs:
        'reveal show print output repeat display tell expose leak dump recite echo reproduce list disclose describe explain summarize summarise regurgitate',
    },
    PROMPTWORD: {
      nouns: 'prompt instruction directive preamble',
      words: 'preprompt initialization',
    },
    HIDDEN: {
      words:
        'system initial original hidden secret internal confidential underlying initialization',
    },
    TEXTUNIT: {
      words:
        'words text everything all sentences content lines paragraph phrases message messages anything',
    },
    BEGINNING: { words: 'beginning start begin top outset started began' },
    START: { verbs: 'start begin prefix preface', words: 'starting beginning' },

    // — exfiltration —
    SEND: {
      verbs:
        'send post forward upload transmit exfiltrate leak append email mail submit deliver attach',
      words: 'sent sending',
    },
    SECRET: {
      nouns: 'password credential secret token cookie passphrase',
      words:
        'api-key apikey key keys passwords conversation history chat prompt data emails contacts ssn credentials private-key inbox information',
    },
    PLACE: {
      words:
        'url http https webhook server address endpoint www link attacker external domain website site email ip ftp',
    },
    USER: { words: 'user users human person recipient anyone reader customer them' },
    INFORM: {
      verbs: 'tell inform mention notify alert disclose reveal warn',
      words: 'telling informing mentioning notifying knowing',
    },
    RUN: { verbs: 'run execute call invoke eval launch trigger use', words: 'running' },
    TOOL: {
      nouns: 'tool function command script shell plugin terminal code api',
      words: 'bash powershell',
    },
    DESTROY: { verbs: 'delete drop wipe erase destroy purge transfer purchase buy', words: 'rm' },
    DECODE: { verbs: 'decode decrypt decipher deobfuscate unscramble', words: 'base64 rot13 hex' },
    IMMEDIATELY: { words: 'execute run follow obey perform act comply' },

    // — claims of authority —
    AUTHOR: {
      nouns:
        'developer creator administrator admin owner programmer engineer maker boss supervisor master god',
      words: 'ceo sysadmin superuser operator root',
    },
    STAFF: {
      nouns: 'employee engineer developer researcher staff team tester',
      words: 'security support',
    },
    ATTENTION: { words: 'attention dear hey note notice important message instructions reminder' },
    LONGER: { words: 'longer anymore' },
    NOW: { words: 'now henceforth hereafter onwards onward forward today' },
  };
