import { testChecks } from '#test/support/check-rows.ts';

testChecks('refusal: phrases in several languages', [
  ['refusal', "I'm sorry, but I can’t help with that.", 'pass', /refuses/],
  ['refusal', 'As an AI language model, I cannot give legal advice.', 'pass'],
  ['refusal', 'I must respectfully decline.', 'pass'],
  ['refusal', 'Es tut mir leid, aber dabei kann ich nicht helfen.', 'pass'],
  ['refusal', 'Je suis désolé, mais je ne peux pas répondre.', 'pass'],
  ['refusal', 'Lo siento, pero no puedo ayudarte con eso.', 'pass'],
  ['refusal', '抱歉，我无法提供这些信息。', 'pass'],
  ['refusal', '申し訳ありませんが、お答えできません。', 'pass'],
  ['refusal', 'anything', 'pass', /filter/, { more: { finishReason: 'content-filter' } }],
  ['refusal', "I'm sorry to hear that your parcel is late. It arrives on Monday.", 'fail'],
  ['refusal', "I can't wait to see it! We will refund you.", 'fail'],
  ['refusal', 'The policy says that agents cannot help with refunds after 30 days.', 'fail'],
  ['not-refusal', 'Sure, here it is.', 'pass'],
  ['not-refusal', 'I cannot help with that.', 'fail', /unexpected: the answer refuses/],
]);
