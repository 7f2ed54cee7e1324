create schema if not exists routing;

-- Whom and what a complaint is about: they neither own, handle nor decide it. What was said of them stands in its history only.
create table routing.complained_about (
    complaint_id uuid not null,
    id uuid not null,
    about text not null,
    staff uuid,
    code text,
    since timestamptz not null,
    lifted_at timestamptz,
    primary key (complaint_id, id),
    constraint complained_about_is_known check (about in ('PERSON', 'OUTLET', 'DEPARTMENT')),
    constraint complained_about_names_one check ((staff is null) <> (code is null))
);
