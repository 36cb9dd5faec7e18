// @peculiar/x509 needs this metadata API, and needs it to be there first.
import 'reflect-metadata';

export * as x509 from '@peculiar/x509';
