/**
 * The schema of a registry in PostgreSQL, step by step: a step that was released is never changed. Records
 * are `json`, which keeps them as written; texts are bytes, since a prompt may hold what `text` refuses.
 * Nothing is ever updated or deleted, so that a role needs no right to.
 */
export const MIGRATIONS: readonly string[] = [
  `create table promptsmith.versions (
     name text not null,
     version text not null,
     record json not null,
     body bytea not null,
     primary key (name, version)
   );
   create table promptsmith.blobs (
     name text not null,
     sha256 text not null,
     body bytea not null,
     primary key (name, sha256)
   );
   create table promptsmith.moves (
     name text not null,
     label text not null,
     n integer not null check (n > 0),
     record json not null,
     primary key (name, label, n)
   );
   create table promptsmith.evals (
     name text not null,
     version text not null,
     run text not null,
     record json not null,
     primary key (name, version, run),
     foreign key (name, version) references promptsmith.versions
   );`,
];

/** The channel on which changes are told; the payload is a RegistryEvent as JSON. */
export const CHANNEL = 'promptsmith';
