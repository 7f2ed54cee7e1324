-- Who wrote the facts: as with calendars, what an administrator published stays.
alter table calendar.holidays add column origin text not null default 'SHIPPED' check (origin in ('SHIPPED', 'OWN'));
alter table calendar.holidays alter column origin drop default;

-- What the product or a pack last had, to tell what changed in it from what an administrator changed.
create table calendar.shipped (
    kind text not null check (kind in ('HOLIDAYS', 'CALENDAR')),
    name text not null,
    number integer not null check (number > 0),
    edition integer not null,
    content jsonb not null,
    at timestamptz not null,
    primary key (kind, name, number)
);

-- A year whose official notice somebody has to get.
create table calendar.task (
    id uuid primary key,
    holidays text not null,
    year integer not null,
    cause text not null check (cause in ('DEADLINE', 'THIS_YEAR', 'NEXT_YEAR')),
    raised_at timestamptz not null,
    told_at timestamptz,
    done_at timestamptz,
    done_by text,
    check ((done_at is null) = (done_by is null))
);
create unique index task_open on calendar.task (holidays, year) where done_at is null;
create index task_untold on calendar.task (raised_at) where told_at is null and done_at is null;

-- Facts from a file that nobody has confirmed yet.
create table calendar.draft (
    id uuid primary key,
    holidays text not null,
    file text not null,
    found jsonb not null,
    made_by uuid not null,
    made_at timestamptz not null
);
create index draft_made on calendar.draft (made_at);
