-- Every night one node counts everything anew from the histories: rows, chains, deadlines.
create table complaint.check_run (
    day date primary key,
    node text not null,
    started_at timestamptz not null,
    lease_until timestamptz not null,
    finished_at timestamptz,
    complaints bigint not null default 0,
    events bigint not null default 0,
    findings bigint not null default 0,
    details text[] not null default '{}'
);
