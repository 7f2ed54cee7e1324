-- What somebody can do and may do, where and in which languages: by this work is given out.
create table identity.profile (
    staff uuid primary key references identity.staff,
    skills text[] not null,
    regions text[] not null,
    languages text[] not null,
    -- the place of work, for complaints about a place; null: none
    outlet text,
    most_open integer,
    constraint profile_takes_some check (most_open > 0)
);

create table identity.certificate (
    staff uuid not null references identity.staff,
    code text not null,
    expires_on date not null,
    primary key (staff, code)
);
