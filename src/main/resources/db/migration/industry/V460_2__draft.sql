-- Changes of a pack that somebody works on before they become a version: one draft a pack, for all who work on it.
create table industry.draft (
    pack text primary key,
    version integer not null,
    revision integer not null check (revision > 0),
    files jsonb not null,
    changed_at timestamptz not null,
    changed_by text not null
);
