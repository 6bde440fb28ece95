/**
 * The words of "ignore all previous instructions" and "show your prompt" in other languages: verbs for
 * ignoring, earlier or all, instructions, verbs for showing, without, limits. Spelled as `normalize` returns them: no
 * accents on Latin letters. Data.
 */
export const LANGUAGES: Readonly<
  Record<
    string,
    {
      readonly ignore: string;
      readonly previous: string;
      readonly rule: string;
      readonly reveal?: string;
      readonly without?: string;
      readonly limit?: string;
    }
  >
> = {
  de: {
    ignore:
      'ignoriere ignorieren ignoriert ignorier vergiss vergessen vergesst missachte missachten verwirf umgehe ubergehe beachte',
    previous:
      'vorherigen vorherige vorigen bisherigen obigen fruheren vorangegangenen vorhergehenden vorstehenden alle allen samtliche alles zuvor bisher deine ihre',
    rule: 'anweisungen anweisung instruktionen befehle befehl regeln regel vorgaben richtlinien anordnungen eingabeaufforderung systemprompt weisungen aufgaben',
    reveal: 'zeige zeig zeigen gib nenne wiederhole verrate drucke offenbare',
    without: 'ohne keine keinerlei',
    limit: 'einschrankungen beschrankungen filter regeln grenzen zensur moral',
  },
  fr: {
    ignore:
      'ignore ignorez ignorer oublie oubliez oublier neglige negligez outrepasse outrepassez contourne abandonne',
    previous:
      'precedentes precedente precedents anterieures anterieurs toutes tous tout ci-dessus dessus avant tes vos initiales',
    rule: 'instructions instruction consignes consigne directives directive regles regle ordres commandes prompt',
    reveal: 'montre montrez affiche affichez revele revelez repete repetez donne donnez imprime',
    without: 'sans aucune aucun',
    limit: 'restrictions restriction limites limite filtre filtres censure regles morale',
  },
  es: {
    ignore:
      'ignora ignore ignorar ignoren ignorad olvida olvide olvidar olvidate omite omita descarta desestima desobedece haz caso',
    previous:
      'anteriores anterior previas previa previos precedentes todas todos todo tus sus arriba antes iniciales',
    rule: 'instrucciones instruccion directrices directivas reglas ordenes indicaciones comandos normas prompt',
    reveal: 'muestra muestrame muestre revela revele repite imprime dime dame',
    without: 'sin ninguna ningun',
    limit: 'restricciones restriccion limites filtros censura limitaciones etica reglas',
  },
  pt: {
    ignore:
      'ignore ignora ignorar ignorem esqueca esquece esquecer desconsidere desconsidera despreze descarte',
    previous:
      'anteriores anterior previas previos precedentes todas todos tudo suas seus acima antes iniciais',
    rule: 'instrucoes instrucao diretrizes diretivas regras ordens comandos orientacoes prompt',
    reveal: 'mostre mostra revele revela repita repete imprima diga exiba',
    without: 'sem nenhuma nenhum',
    limit: 'restricoes restricao limites filtros censura limitacoes etica regras',
  },
  it: {
    ignore:
      'ignora ignorate ignorare dimentica dimenticate dimenticare trascura scarta disattendi aggira',
    previous: 'precedenti precedente tutte tutti tutto tue tuoi sopra prima iniziali',
    rule: 'istruzioni istruzione direttive regole ordini comandi indicazioni prompt',
    reveal: 'mostra mostrami mostrare rivela rivelami ripeti stampa dimmi',
    without: 'senza nessuna nessun',
    limit: 'restrizioni restrizione limiti filtri censura limitazioni etica regole',
  },
  nl: {
    ignore: 'negeer negeren vergeet vergeten veronachtzaam omzeil',
    previous: 'vorige voorgaande eerdere bovenstaande alle alles je jouw uw',
    rule: 'instructies instructie opdrachten opdracht regels richtlijnen aanwijzingen bevelen prompt',
    reveal: 'toon laat geef herhaal onthul',
    without: 'zonder geen',
    limit: 'beperkingen beperking filters grenzen censuur regels',
  },
  sv: {
    ignore: 'ignorera ignorerar glom strunta bortse asidosatt',
    previous: 'tidigare foregaende ovanstaende alla allt dina',
    rule: 'instruktioner instruktionerna anvisningar regler riktlinjer kommandon order',
    reveal: 'visa upprepa avsloja skriv',
    without: 'utan inga',
    limit: 'begransningar restriktioner filter censur regler',
  },
  da: {
    ignore: 'ignorer glem tilsidesaet',
    previous: 'tidligere foregaende ovenstaende alle alt dine',
    rule: 'instruktioner instrukser anvisninger regler retningslinjer ordrer kommandoer',
    reveal: 'vis gentag afslor',
    without: 'uden ingen',
    limit: 'begraensninger restriktioner filtre censur',
  },
  no: {
    ignore: 'ignorer glem overse',
    previous: 'tidligere forrige foregaende ovenstaende alle alt dine',
    rule: 'instruksjoner instrukser instruksjonene regler retningslinjer kommandoer',
    reveal: 'vis gjenta avslor',
    without: 'uten ingen',
    limit: 'begrensninger restriksjoner filtre sensur',
  },
  fi: {
    ignore: 'unohda ohita sivuuta',
    previous: 'aiemmat aikaisemmat edelliset kaikki ylla',
    rule: 'ohjeet ohjeesi saannot kaskyt ohjeistukset maaraykset',
    reveal: 'nayta toista paljasta',
  },
  pl: {
    ignore: 'zignoruj ignoruj zapomnij pomin odrzuc zlekcewaz',
    previous: 'poprzednie poprzednich wczesniejsze wszystkie wszystkich wszystko powyzsze swoje',
    rule: 'instrukcje instrukcji polecenia poleceniach polecen zasady reguly wytyczne rozkazy',
    reveal: 'pokaz wyswietl ujawnij powtorz podaj',
    without: 'bez zadnych',
    limit: 'ograniczen filtrow cenzury zasad',
  },
  cs: {
    ignore: 'ignoruj ignorujte zapomen zapomente prehlizej',
    previous: 'predchozi predesle vsechny veskere vyse',
    rule: 'pokyny instrukce prikazy pravidla pokynu instrukci',
    reveal: 'ukaz zobraz zopakuj prozrad',
  },
  sk: {
    ignore: 'ignoruj ignorujte zabudni zabudnite',
    previous: 'predchadzajuce predosle vsetky vyssie',
    rule: 'pokyny instrukcie prikazy pravidla',
  },
  ro: {
    ignore: 'ignora ignorati uita uitati',
    previous: 'anterioare precedente toate tot',
    rule: 'instructiunile instructiuni regulile reguli comenzile ordinele',
    reveal: 'arata afiseaza repeta',
  },
  hu: {
    ignore: 'hagyd figyelmen felejtsd felejts hagyja mellozd',
    previous: 'korabbi elozo osszes minden eddigi fenti',
    rule: 'utasitast utasitasokat utasitas szabalyt szabalyokat parancsot utasitasaidat',
    reveal: 'mutasd ismeteld',
  },
  tr: {
    ignore: 'yoksay yoksayin gormezden unut unutun dikkate',
    previous: 'onceki tum butun yukaridaki',
    rule: 'talimatlari talimatlarini talimatlar talimat komutlari kurallari yonergeleri emirleri',
    reveal: 'goster tekrarla yazdir soyle',
  },
  ru: {
    ignore:
      'игнорируй игнорируйте проигнорируй проигнорируйте забудь забудьте отбрось игнорировать',
    previous: 'предыдущие предыдущих прежние все всё всех вышеуказанные вышеизложенные твои свои',
    rule: 'инструкции инструкций указания указаний правила команды приказы предписания',
    reveal: 'покажи покажите выведи выведите повтори раскрой напиши',
    without: 'без никаких',
    limit: 'ограничений фильтров цензуры правил',
  },
  uk: {
    ignore: 'ігноруй ігноруйте проігноруй проігноруйте забудь забудьте',
    previous: 'попередні попередніх усі всі всіх вищезазначені',
    rule: 'інструкції інструкцій вказівки вказівок правила команди накази',
    reveal: 'покажи покажіть виведи повтори',
  },
  bg: {
    ignore: 'игнорирай игнорирайте забрави забравете пренебрегни',
    previous: 'предишни предишните всички горните',
    rule: 'инструкции инструкциите указания правила команди нареждания',
    reveal: 'покажи покажете повтори',
  },
  sr: {
    ignore:
      'ignorisi ignorisite ignoriraj ignorirajte zaboravi zaboravite zanemari zanemarite игнориши занемари заборави',
    previous: 'prethodne prethodna sve ranije претходне све',
    rule: 'upute instrukcije uputstva naredbe pravila инструкције упутства правила',
    reveal: 'pokazi prikazi ponovi',
  },
  el: {
    ignore: 'αγνόησε αγνοήστε ξέχασε ξεχάστε παράβλεψε αγνόησέ',
    previous: 'προηγούμενες προηγούμενα όλες όλα παραπάνω',
    rule: 'οδηγίες εντολές κανόνες οδηγιών',
    reveal: 'δείξε εμφάνισε επανάλαβε',
  },
  ar: {
    ignore: 'تجاهل تجاهلي تجاهلوا انس انسى أنس اهمل أهمل تجاوز',
    previous: 'السابقة السابق جميع كل كافة أعلاه',
    rule: 'التعليمات تعليمات الأوامر أوامر القواعد الإرشادات التوجيهات تعليماتك',
    reveal: 'أظهر اعرض اطبع كرر اكشف أخبرني',
  },
  he: {
    ignore: 'התעלם התעלמי התעלמו תתעלם שכח תשכח',
    previous: 'הקודמות הקודמים כל לעיל',
    rule: 'ההוראות הוראות מההוראות ההנחיות מההנחיות הפקודות הכללים',
    reveal: 'הצג הראה חזור גלה',
  },
  fa: {
    ignore: 'نادیده فراموش',
    previous: 'قبلی قبل تمام همه پیشین بالا',
    rule: 'دستورات دستورالعملها دستورالعمل دستور قوانین راهنمایی',
    reveal: 'نشان تکرار',
  },
  hi: {
    ignore: 'अनदेखा नजरअंदाज नज़रअंदाज़ भूल भूलें उपेक्षा',
    previous: 'पिछले पिछली सभी सब पहले उपरोक्त पूर्व',
    rule: 'निर्देशों निर्देश आदेशों आदेश नियमों नियम',
    reveal: 'दिखाओ दिखाएं बताओ दोहराओ दोहराएं',
  },
  bn: {
    ignore: 'উপেক্ষা ভুলে অগ্রাহ্য',
    previous: 'পূর্ববর্তী আগের সমস্ত সব',
    rule: 'নির্দেশাবলী নির্দেশ নির্দেশনা নিয়ম আদেশ',
  },
  th: {
    ignore: 'เพิกเฉย ละเว้น ลืม ไม่ต้องสนใจ เมินเฉย มองข้าม',
    previous: 'ก่อนหน้า ทั้งหมด ข้างต้น ที่ผ่านมา',
    rule: 'คําสั่ง คําแนะนํา กฎ ข้อกําหนด',
    reveal: 'แสดง บอก เปิดเผย',
  },
  vi: {
    ignore: 'bo qua quen phot lo',
    previous: 'truoc tren tat ca moi',
    rule: 'huong dan chi thi lenh quy tac',
    reveal: 'hien thi tiet lo lap',
  },
  id: {
    ignore: 'abaikan lupakan hiraukan',
    previous: 'sebelumnya semua segala terdahulu atas',
    rule: 'instruksi perintah arahan aturan petunjuk',
    reveal: 'tampilkan tunjukkan ulangi ungkapkan',
  },
  ms: {
    ignore: 'abaikan lupakan',
    previous: 'sebelum terdahulu semua',
    rule: 'arahan perintah peraturan',
  },
  tl: {
    ignore: 'balewalain kalimutan huwag pansinin',
    previous: 'nakaraang naunang lahat',
    rule: 'tagubilin utos panuto alituntunin',
  },
  sw: {
    ignore: 'puuza sahau',
    previous: 'yote ya awali yaliyotangulia',
    rule: 'maagizo maelekezo sheria',
  },
  ja: {
    ignore: '無視 忘れて 忘れろ 無効 破棄',
    previous: '以前 これまで 上記 前の すべて 全て 全部 先ほど 今まで',
    rule: '指示 命令 プロンプト ルール 規則 ガイドライン 制約',
    reveal: '表示 教えて 見せて 出力 公開 繰り返し',
  },
  ko: {
    ignore: '무시 잊어 잊고 잊으세요 무시하고',
    previous: '이전 모든 위의 앞의 지금까지',
    rule: '지시 지침 명령 규칙 프롬프트 안내',
    reveal: '보여 출력 알려 공개 반복',
  },
  zh: {
    ignore: '忽略 無視 无视 忘记 忘記 忘掉 不要理会 不要遵守 抛弃 略過 跳过',
    previous: '之前 以前 先前 上述 以上 前面 所有 全部 此前 一切',
    rule: '指令 指示 命令 规则 規則 提示词 提示詞 指引 要求 准则 限制 说明 提示',
    reveal: '显示 顯示 输出 輸出 告诉 告訴 打印 重复 重複 泄露 透露 公开',
    without: '没有 沒有 不受 无',
    limit: '限制 约束 約束 过滤 過濾 审查 審查 道德',
  },
};
