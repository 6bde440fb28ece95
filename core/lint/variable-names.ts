import type { Trust } from '../prompt/document.ts';

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** What the last word of a variable's name suggests about the origin of its value. Data. */
const WORDS: Readonly<Record<Trust, string>> = {
  external:
    'diff diffs patch issue issues body comment comments email emails mail mails inbox document documents doc docs pdf page pages html webpage website article articles review reviews transcript transcripts log logs commit commits pr prs ticket tickets thread result results context chunk chunks passage passages retrieved attachment attachments resume cv feed post posts tweet tweets readme completion output outputs snippet snippets source sources evidence conversation history submission submissions report reports stacktrace traceback scrape scraped search',
  user: 'input inputs question questions query queries request requests prompt message messages text topic answer answers feedback utterance instruction instructions reply draft essay sentence paragraph claim statement description details',
  trusted:
    'language languages lang locale tone style date time today now year month day timezone version model persona audience level currency format count number max min limit length size repo repository owner tag product company brand role temperature unit units category categories schema id name no nr num index idx offset key slug code line',
};

/** Words that describe a value but not its origin. */
const GENERIC =
  /^(?:text|content|contents|value|values|data|str|string|raw|full|list|item|items|title|url|info|information)$/;

/** Words for what the author's program or another prompt writes. They do not reveal where its content comes from. */
const MADE = /^(?:generated|default|static|fixed|system)$/;

/**
 * The same in other languages, without accents: in Spanish, Portuguese, French, Italian, German, Dutch, Polish, Russian,
 * Ukrainian and Turkish a word between separators, in Chinese, Japanese and Korean the end of a word.
 */
const TRANSLATED: Readonly<Record<Trust, string>> = {
  external:
    'documento documentos archivo arquivo fichier correo courriel comentario comentarios commentaire commentaires commento articulo artigo articolo pagina sitio avis recensione resena fichero dokument datei kommentar artikel seite bewertung protokoll bestand dokument plik strona komentarz документ файл письмо комментарий статья страница отзыв документи лист коментар стаття dosya yorum sayfa 文档 文件 邮件 評論 评论 网页 网站 页面 日志 文書 記事 メール コメント ページ ログ レビュー 資料 문서 기사 메일 댓글 페이지 로그 리뷰',
  user: 'codigo texto textos pregunta preguntas entrada consulta mensaje tema solicitud peticion frase parrafo respuesta pergunta perguntas mensagem topico pedido resposta texte entree requete sujet demande phrase reponse testo domanda richiesta messaggio argomento risposta frage fragen eingabe anfrage nachricht thema satz anliegen antwort tekst vraag invoer verzoek bericht onderwerp antwoord pytanie zapytanie wiadomosc temat odpowiedz текст вопрос вопросы ввод запрос сообщение тема ответ код питання запит повідомлення відповідь metin soru girdi istek mesaj konu yanit 输入 输入内容 问题 文本 查询 消息 请求 主题 代码 內容 内容 回答 入力 質問 テキスト 本文 文章 メッセージ コード 依頼 입력 질문 텍스트 메시지 내용 코드 요청 답변',
  trusted:
    'idioma lengua tono fecha estilo formato numero lingua tom langue ton sprache datum stil anzahl nummer taal jezyk язык тон дата стиль номер мова dil tarih 语言 语气 日期 格式 言語 口調 日付 形式 언어 어조 날짜 형식',
};

/** Words of languages in which the first word of a name says what it is: `idioma_del_texto` is a language. */
const FIRST = /^(?:idioma|lengua|tono|fecha|estilo|formato|numero|lingua|langue|ton)$/;

const TRUST: ReadonlyMap<string, Trust> = new Map(
  (['external', 'user', 'trusted'] as const).flatMap((trust) =>
    `${WORDS[trust]} ${TRANSLATED[trust]}`
      .split(' ')
      .map((word) => [foldAccents(word), trust] as const),
  ),
);

/** The words of scripts that have no spaces, the longest first. */
const ENDINGS: readonly string[] = [...TRUST.keys()]
  .filter((word) => UNSPACED.test(word))
  .sort((a, b) => b.length - a.length);

/** What a word suggests; in a script without spaces, what its end suggests. */
function findTrust(word: string): Trust | undefined {
  const own = TRUST.get(word);
  if (own !== undefined || !UNSPACED.test(word)) return own;
  return TRUST.get(ENDINGS.find((ending) => word.endsWith(ending)) ?? '');
}

function foldAccents(word: string): string {
  return UNSPACED.test(word) ? word : word.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

/** Guesses trust from a name: `issue_body` is external, `question` a user's, `language` trusted. Null if unknown. */
export function guessTrust(name: string): Trust | null {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[\s_./-]+/)
    .filter((word) => word !== '')
    .map(foldAccents);
  const last = words.at(-1) ?? '';
  const own = findTrust(last);
  if (words.length > 1 && FIRST.test(words[0] ?? '')) return 'trusted';
  if (own === 'trusted') {
    // The name of a language is trusted; that of an issue's author is unknown.
    return last === 'name' || last === 'id' ? guessFromLast(words.slice(0, -1)) : 'trusted';
  }
  const telling = words.filter((word) => !GENERIC.test(word));
  const trusts = (telling.length > 0 ? telling : words).map(findTrust);
  if (trusts.at(-1) === 'trusted') return 'trusted';
  if (trusts.includes('external')) return 'external';
  if (words.some((word) => MADE.test(word))) return null;
  // The title of a prompt is not the prompt.
  if (telling.length === 1 && telling[0] === 'prompt' && words.length > 1) return null;
  if (trusts.includes('user')) return 'user';
  return own ?? null;
}

function guessFromLast(words: readonly string[]): Trust | null {
  return findTrust(words.at(-1) ?? '') === 'trusted' ? 'trusted' : null;
}
