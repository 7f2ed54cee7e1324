create schema if not exists imports;

-- Tables become complaints, customers or what customers have, and come as text or as a workbook.
alter table imports.import_run add column kind text not null default 'COMPLAINTS';
alter table imports.import_run add column format text not null default 'CSV' check (format in ('CSV', 'XLSX'));
alter table imports.import_run add column sheet text;
alter table imports.import_run add column header_hash bytea;
alter table imports.import_run add column mapping_id uuid;
alter table imports.import_run alter column kind drop default;
alter table imports.import_run alter column format drop default;
alter table imports.import_run add check ((sheet is null) = (format = 'CSV'));

drop index imports.import_run_source;
create unique index import_run_source on imports.import_run (kind, source) where state = 'RUNNING';

-- What somebody decided for a table, by the names of its columns as they were found at first; one for each kind of table.
create table imports.mapping (
    id uuid primary key,
    kind text not null,
    header_hash bytea not null,
    name text,
    file_name text not null,
    charset text not null,
    delimiter text not null,
    sheet text,
    mode text not null,
    business_line text not null,
    columns jsonb not null,
    used_by uuid not null,
    used_at timestamptz not null,
    unique (kind, header_hash)
);

create index mapping_used on imports.mapping (used_at desc, id desc);
