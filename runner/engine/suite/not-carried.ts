/**
 * Thrown when tests ask for something that cannot be had where the code under test runs in another process. Its name
 * stands in front of the message that the engine tells, which is how the importer knows it.
 */
export class NotCarried extends Error {
  override name = 'NotCarried';
}
