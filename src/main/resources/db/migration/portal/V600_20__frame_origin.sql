-- The sites of the company that may show the complaint form in a frame.
create table portal.frame_origin (
    origin text primary key,
    added_by uuid not null,
    added_at timestamptz not null
);
