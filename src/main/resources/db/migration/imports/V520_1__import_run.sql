create schema if not exists imports;

-- The texts moved with the tables; what was stored names them by their old keys.
update imports.import_rejection set reasons = replace(reasons::text, '"intake.import.reason.', '"imports.reason.')::jsonb
where reasons::text like '%"intake.import.reason.%';
update imports.import_run set error = replace(error, 'intake.import.', 'imports.') where error like 'intake.import.%';
