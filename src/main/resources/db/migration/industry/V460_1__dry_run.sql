create schema industry;

-- A version of a pack run over what came in; the complaints before (reached_at, reached_id) are still to be judged.
create table industry.dry_run (
    id uuid primary key,
    pack text not null,
    version_before integer not null,
    version_after integer not null check (version_after <> version_before),
    days integer not null check (days between 1 and 366),
    from_at timestamptz not null,
    at timestamptz not null check (at > from_at),
    started_by text not null,
    state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
    worker text,
    lease_until timestamptz,
    attempts integer not null default 0,
    error text,
    reached_at timestamptz not null,
    reached_id uuid not null,
    counted integer not null default 0,
    changed integer not null default 0,
    erased integer not null default 0,
    is_cut boolean not null default false
);

create index dry_run_running on industry.dry_run (at, id) where state = 'RUNNING';
create index dry_run_at on industry.dry_run (at);
create index dry_run_version on industry.dry_run (pack, version_after, at desc);

-- How often what became what.
create table industry.dry_run_tally (
    dry_run_id uuid not null references industry.dry_run on delete cascade,
    aspect text not null,
    before text not null,
    after text not null,
    count integer not null,
    primary key (dry_run_id, aspect, before, after)
);

create table industry.dry_run_case (
    dry_run_id uuid not null references industry.dry_run on delete cascade,
    number integer not null,
    complaint_id uuid not null,
    differences jsonb not null,
    primary key (dry_run_id, number)
);
