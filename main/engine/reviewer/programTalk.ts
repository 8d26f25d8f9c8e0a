const PROGRAM = String.raw`(language models?|llms?|chat ?gpt|chat ?bots?|gpts?|ais?|artificial intelligences?|assistants?|reviewers?|models?)`;
const ORDER = String.raw`(rate|score|rank|give|output|answer|reply|respond|return|print|write|say|title|verdict|ignore|choose|pick|select)`;
const TOP = String.raw`(10|ten|100|hundred|full marks|highest|maximum|perfect)`;

/**
 * Sentences that speak to a program rather than to a listener: orders to a model, marks of chat formats, wishes for a
 * verdict. What somebody says in a recording is never an order, so such sentences are kept from the model altogether.
 */
const TALK: readonly RegExp[] = [
  String.raw`\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|earlier|above|preceding|your)\b.{0,40}\b(instructions?|prompts?|rules?|directions?|guidelines?|orders?)\b`,
  String.raw`\b(ignore|disregard|forget|override|bypass)\b all\b.{0,12}\b(instructions?|prompts?)\b`,
  String.raw`\b(system|developer|hidden) (prompt|message|instructions?)\b`,
  String.raw`\b(hey|dear|attention|note|message|memo|instructions?|orders?)\b.{0,20}\b(all |any |every |the |an? )?${PROGRAM}\b.{0,80}\b${ORDER}\b`,
  String.raw`\b${PROGRAM} ?[,:;]? ?(you )?(must|should|shall|have to|need to|please)\b.{0,60}\b${ORDER}\b`,
  String.raw`\b(if )?(you are|you're|act as|pretend to be|behave as)\b.{0,12}\b${PROGRAM}\b`,
  String.raw`\b(rate|score|rank|grade|judge|mark)\b.{0,30}\b(this|the|it|me|us)\b.{0,40}\b${TOP}\b`,
  String.raw`\bgive (this|it|the|me|us)\b.{0,40}\b${TOP} ?(points?|scores?|verdicts?|ratings?|marks?|out of)\b`,
  String.raw`\bgive (this|it|the)\b.{0,40}\b(score|verdict|rating|marks?|points?)\b.{0,20}\b${TOP}\b`,
  String.raw`\b(respond|reply|answer|output|return|print)\b.{0,20}\b(only|exactly|with|in)\b.{0,30}\b(json|the following|verdict|title|format)\b`,
  String.raw`\b(verdict|score|rating|titles?|hashtags?)\b.{0,12}\b(must be|should be|has to be|shall be|is to be|equals?)\b`,
  String.raw`<\|?\/?(im_start|im_end|system|user|assistant|s|inst|endoftext|eot_id)\|?>`,
  String.raw`\[\/?inst\]|<<\/?sys>>|^#{2,} ?(system|instruction|user|assistant)|^(system|assistant|user) ?:`,
  String.raw`["“](verdict|titles|hashtags|reasons)["”] ?:`,
].map((pattern) => new RegExp(pattern, 'u'));

const plain = (text: string): string => text.toLowerCase().replaceAll('’', "'").replace(/\s+/gu, ' ').trim();

/** Whether a sentence of a transcript speaks to a program. */
export const isProgramTalk = (sentence: string): boolean => {
  const text = plain(sentence);
  return TALK.some((pattern) => pattern.test(text));
};
