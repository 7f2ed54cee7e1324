-- Who is away: on leave, on a course, ill. Until then others do what would be his.
create table identity.absence (
    id uuid primary key,
    staff uuid not null references identity.staff,
    from_at timestamptz not null,
    to_at timestamptz not null,
    reason text not null check (reason in ('LEAVE', 'SICK', 'TRIP', 'TRAINING', 'OTHER')),
    constraint absence_lasts check (to_at > from_at)
);

create index absence_until on identity.absence (to_at, id);
