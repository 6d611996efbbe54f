-- An archive as the first release left it (sqlite3 .dump): a kept work with a picture, a deleted child of it, a run in line.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE studio (
	id TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	schema_version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_studio PRIMARY KEY (id)
);
INSERT INTO studio VALUES('485e03fd07cc85cda44b364a881aa757',1,1,1700000000000001);
CREATE TABLE people (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT, 
	same_as TEXT, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT ck_people_kind CHECK (kind IN ('owner', 'keeper', 'member', 'guest', 'collective')), 
	CONSTRAINT fk_people_same_as FOREIGN KEY(same_as) REFERENCES people (id)
);
INSERT INTO people VALUES('p_bxe6imhbcziy','owner',NULL,NULL,1700000000000001);
CREATE TABLE models (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	hash TEXT, 
	card TEXT NOT NULL, 
	remembered BIGINT NOT NULL, 
	CONSTRAINT pk_models PRIMARY KEY (id)
);
INSERT INTO models VALUES('m_exwaduvoq2pu','echo',NULL,'{"licence":"CC0-1.0"}',1700000000000002);
CREATE TABLE files (
	sha256 TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	salted TEXT NOT NULL, 
	bytes BIGINT NOT NULL, 
	mime TEXT NOT NULL, 
	kept BIGINT NOT NULL, 
	CONSTRAINT pk_files PRIMARY KEY (sha256), 
	CONSTRAINT uq_files_salted UNIQUE (salted)
);
INSERT INTO files VALUES('92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b','ea8ca822de964463cc51cfc3c85caa48','122b2cd0043eff556977b93ac43059cc0cfe1ecffdab46817e5c2500bd17cc6f',9,'image/png',1700000000000003);
INSERT INTO files VALUES('811c0488a99796c51163522431a6b38525ea574e6dbfae108f53ad3926b7846d','774662007c1dde97459a789b82af7963','8d8c3010e7b92c61b6b837c12b9f8563192393d7d0bcdee57b1ee71d68e21732',11,'video/mp4',1700000000000006);
CREATE TABLE edges (
	source TEXT NOT NULL, 
	relation TEXT NOT NULL, 
	target TEXT NOT NULL, 
	happened BIGINT NOT NULL, 
	CONSTRAINT pk_edges PRIMARY KEY (source, relation, target), 
	CONSTRAINT ck_edges_relation CHECK (relation IN ('used', 'made', 'trained_on', 'adapted_from', 'bred_from', 'extends', 'remixes', 'depicts', 'ingredient'))
);
INSERT INTO edges VALUES('r_l442l7arl5vl','made','w_sy42aytlsrha',1700000000000006);
INSERT INTO edges VALUES('w_sy42aytlsrha','used','122b2cd0043eff556977b93ac43059cc0cfe1ecffdab46817e5c2500bd17cc6f',1700000000000006);
INSERT INTO edges VALUES('w_sy42aytlsrha','used','m_exwaduvoq2pu',1700000000000006);
INSERT INTO edges VALUES('r_h4q6rkf2wbon','made','w_y32imhet6jle',1700000000000009);
INSERT INTO edges VALUES('w_y32imhet6jle','used','m_exwaduvoq2pu',1700000000000009);
INSERT INTO edges VALUES('w_y32imhet6jle','remixes','w_sy42aytlsrha',1700000000000009);
CREATE TABLE log (
	n INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	happened BIGINT NOT NULL, 
	what TEXT NOT NULL, 
	about TEXT NOT NULL, 
	who TEXT, 
	details TEXT NOT NULL, 
	CONSTRAINT uq_log_id UNIQUE (id)
);
INSERT INTO log VALUES(1,'l_ocwwjumpi7an',1700000000000006,'kept','w_sy42aytlsrha','p_bxe6imhbcziy','{"run":"r_l442l7arl5vl"}');
INSERT INTO log VALUES(2,'l_bqmwrxuor3ww',1700000000000009,'kept','w_y32imhet6jle','p_bxe6imhbcziy','{"run":"r_h4q6rkf2wbon"}');
INSERT INTO log VALUES(3,'l_y7kmw2ee2a3c',1700000000000010,'deleted','w_y32imhet6jle','p_bxe6imhbcziy','{}');
CREATE TABLE groups (
	id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	asked BIGINT NOT NULL, 
	CONSTRAINT pk_groups PRIMARY KEY (id), 
	CONSTRAINT fk_groups_person_id FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE TABLE runs (
	id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	group_id TEXT, 
	group_order INTEGER, 
	"after" TEXT NOT NULL, 
	lane TEXT NOT NULL, 
	needs TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	model TEXT NOT NULL, 
	score TEXT, 
	score_hash TEXT, 
	own_priority INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	attempt INTEGER NOT NULL, 
	deaths INTEGER NOT NULL, 
	epoch INTEGER NOT NULL, 
	cancel_asked BIGINT, 
	cancelled_by TEXT, 
	progress_done INTEGER NOT NULL, 
	progress_total INTEGER NOT NULL, 
	estimated_seconds FLOAT, 
	measured_seconds FLOAT, 
	recipe TEXT, 
	understood TEXT, 
	reason TEXT, 
	asked BIGINT NOT NULL, 
	began BIGINT, 
	ended BIGINT, 
	CONSTRAINT pk_runs PRIMARY KEY (id), 
	CONSTRAINT ck_runs_state CHECK (state IN ('queued', 'in_progress', 'completed', 'failed', 'cancelled')), 
	CONSTRAINT ck_runs_lane CHECK (lane IN ('interactive', 'batch', 'live')), 
	CONSTRAINT ck_runs_attempt CHECK (attempt >= 1 AND deaths >= 0), 
	CONSTRAINT ck_runs_ended CHECK ((ended IS NOT NULL) = (state IN ('completed', 'failed', 'cancelled'))), 
	CONSTRAINT fk_runs_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_runs_group_id FOREIGN KEY(group_id) REFERENCES groups (id), 
	CONSTRAINT fk_runs_cancelled_by FOREIGN KEY(cancelled_by) REFERENCES people (id)
);
INSERT INTO runs VALUES('r_l442l7arl5vl','p_bxe6imhbcziy',NULL,NULL,'[]','interactive','{}','making','echo','{"fps":12,"model":{"name":"echo"},"schema":1,"seed":7,"shots":[{"pictures":[{"at":0,"sha256":"92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b"}],"seconds":2,"text":"a slow bird"}],"size":[64,64]}','17126f216abbca8773c076dad810d16991cc064746301cc122c4d0d1b5308342',0,'completed',1,0,1,NULL,NULL,0,0,NULL,0.5,'{"echo":"1"}','{"words":{"bird":"bird"}}',NULL,1700000000000004,1700000000000005,1700000000000006);
INSERT INTO runs VALUES('r_h4q6rkf2wbon','p_bxe6imhbcziy',NULL,NULL,'[]','interactive','{}','making','echo',NULL,NULL,0,'completed',1,0,1,NULL,NULL,0,0,NULL,0.5,NULL,NULL,NULL,1700000000000007,1700000000000008,1700000000000009);
INSERT INTO runs VALUES('r_walf2zluely7','p_bxe6imhbcziy',NULL,NULL,'[]','interactive','{}','making','echo','{"fps":12,"model":{"name":"echo"},"schema":1,"seed":7,"shots":[{"seconds":2,"text":"still in line"}],"size":[64,64]}','ff04b95b0b618a5165b88b64bca0628690a79a6e0ebe63b9f7ad283ee75a46fd',0,'queued',1,0,0,NULL,NULL,0,0,NULL,NULL,NULL,NULL,NULL,1700000000000011,NULL,NULL);
CREATE TABLE run_files (
	run_id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	CONSTRAINT pk_run_files PRIMARY KEY (run_id, sha256), 
	CONSTRAINT fk_run_files_run_id FOREIGN KEY(run_id) REFERENCES runs (id), 
	CONSTRAINT fk_run_files_sha256 FOREIGN KEY(sha256) REFERENCES files (sha256)
);
INSERT INTO run_files VALUES('r_l442l7arl5vl','92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b');
CREATE TABLE works (
	id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	media TEXT, 
	width INTEGER, 
	height INTEGER, 
	fps FLOAT, 
	frames INTEGER, 
	seconds FLOAT, 
	position TEXT, 
	visibility TEXT NOT NULL, 
	kept BIGINT, 
	deleted BIGINT, 
	CONSTRAINT pk_works PRIMARY KEY (id), 
	CONSTRAINT uq_works_run_id UNIQUE (run_id), 
	CONSTRAINT ck_works_visibility CHECK (visibility IN ('nobody', 'link', 'everybody')), 
	CONSTRAINT ck_works_kept_with_media CHECK (deleted IS NOT NULL OR (kept IS NULL) = (media IS NULL)), 
	CONSTRAINT ck_works_tombstone_is_empty CHECK (deleted IS NULL OR (media IS NULL AND position IS NULL)), 
	CONSTRAINT fk_works_person_id FOREIGN KEY(person_id) REFERENCES people (id), 
	CONSTRAINT fk_works_run_id FOREIGN KEY(run_id) REFERENCES runs (id), 
	CONSTRAINT fk_works_media FOREIGN KEY(media) REFERENCES files (sha256)
);
INSERT INTO works VALUES('w_sy42aytlsrha','p_bxe6imhbcziy','r_l442l7arl5vl','811c0488a99796c51163522431a6b38525ea574e6dbfae108f53ad3926b7846d',64,64,12.0,24,2.0,'{"genes":{"hue":0.5},"genome":1,"model":"echo","seeds":{}}','nobody',1700000000000006,NULL);
INSERT INTO works VALUES('w_y32imhet6jle','p_bxe6imhbcziy','r_h4q6rkf2wbon',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'nobody',1700000000000009,1700000000000010);
INSERT INTO works VALUES('w_julokfjez2oz','p_bxe6imhbcziy','r_walf2zluely7',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'nobody',NULL,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES('0001');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('log',3);
CREATE UNIQUE INDEX uq_models_name_hash ON models (name, coalesce(hash, ''));
CREATE INDEX ix_edges_target ON edges (target, relation);
CREATE INDEX ix_log_about ON log (about);
CREATE INDEX ix_groups_person_id ON groups (person_id);
CREATE INDEX ix_runs_score_hash ON runs (score_hash);
CREATE INDEX ix_runs_group_id ON runs (group_id);
CREATE INDEX ix_runs_line ON runs (lane, asked) WHERE state = 'queued';
CREATE INDEX ix_runs_person_id ON runs (person_id);
CREATE INDEX ix_run_files_sha256 ON run_files (sha256);
CREATE INDEX ix_works_media ON works (media);
CREATE INDEX ix_works_person_id_kept ON works (person_id, kept);
CREATE TRIGGER edges_never_change BEFORE UPDATE ON edges
BEGIN SELECT RAISE(ABORT, 'edges are append-only: a correction is a new row'); END;
CREATE TRIGGER edges_never_go BEFORE DELETE ON edges
BEGIN SELECT RAISE(ABORT, 'edges are append-only: a correction is a new row'); END;
CREATE TRIGGER log_never_changes BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a correction is a new row'); END;
CREATE TRIGGER log_never_goes BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only: a correction is a new row'); END;
CREATE TRIGGER files_are_what_they_are BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'a kept file never changes: other bytes are another file'); END;
CREATE TRIGGER studio_is_one BEFORE INSERT ON studio WHEN EXISTS (SELECT 1 FROM studio)
BEGIN SELECT RAISE(ABORT, 'an archive belongs to one studio'); END;
CREATE TRIGGER studio_epoch_only_grows BEFORE UPDATE OF epoch ON studio WHEN NEW.epoch < OLD.epoch
BEGIN SELECT RAISE(ABORT, 'the epoch only grows'); END;
CREATE TRIGGER runs_never_go BEFORE DELETE ON runs
BEGIN SELECT RAISE(ABORT, 'runs stay: they are part of the lineage'); END;
CREATE TRIGGER runs_finished_are_frozen BEFORE UPDATE OF
    id, person_id, group_id, group_order, after, lane, needs, kind, model, own_priority, state,
    attempt, deaths, epoch, cancel_asked, cancelled_by, progress_done, progress_total,
    estimated_seconds, measured_seconds, asked, began, ended
ON runs WHEN OLD.state IN ('completed', 'failed', 'cancelled')
BEGIN SELECT RAISE(ABORT, 'a finished run is frozen: a correction is a new row'); END;
CREATE TRIGGER runs_finished_keep_their_words BEFORE UPDATE OF
    score, score_hash, recipe, understood, reason
ON runs WHEN OLD.state IN ('completed', 'failed', 'cancelled') AND NOT (
    NEW.score IS NULL AND NEW.score_hash IS NULL AND NEW.recipe IS NULL
    AND NEW.understood IS NULL AND NEW.reason IS NULL
    AND EXISTS (SELECT 1 FROM works WHERE works.run_id = OLD.id AND works.deleted IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a finished run is frozen: only deleting its work empties it'); END;
CREATE TRIGGER runs_scores_are_frozen BEFORE UPDATE OF score, score_hash ON runs
WHEN OLD.state IN ('queued', 'in_progress')
BEGIN SELECT RAISE(ABORT, 'a score is frozen once it was asked for'); END;
CREATE TRIGGER runs_start_from_the_line BEFORE UPDATE OF state ON runs
WHEN OLD.state = 'queued' AND NEW.state = 'completed'
BEGIN SELECT RAISE(ABORT, 'a run is completed only while in progress'); END;
CREATE TRIGGER runs_attempts_only_grow BEFORE UPDATE OF attempt, deaths ON runs
WHEN NEW.attempt < OLD.attempt OR NEW.deaths < OLD.deaths
BEGIN SELECT RAISE(ABORT, 'attempts and deaths only grow'); END;
CREATE TRIGGER works_never_go BEFORE DELETE ON works
BEGIN SELECT RAISE(ABORT, 'deleting a work leaves a tombstone'); END;
CREATE TRIGGER works_kept_are_frozen BEFORE UPDATE OF
    id, person_id, run_id, media, width, height, fps, frames, seconds, position, kept
ON works WHEN OLD.kept IS NOT NULL AND NEW.deleted IS NULL
BEGIN SELECT RAISE(ABORT, 'a kept work is frozen: another version is another work'); END;
CREATE TRIGGER works_deleted_stay_deleted BEFORE UPDATE ON works WHEN OLD.deleted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was deleted does not come back'); END;
CREATE VIEW line AS
WITH waiting AS (
    SELECT id, person_id, lane, asked,
        row_number() OVER (PARTITION BY lane, person_id ORDER BY asked, id) AS by_time,
        row_number() OVER (PARTITION BY lane, person_id ORDER BY own_priority DESC, asked, id) AS by_wish
    FROM runs WHERE state = 'queued'
)
SELECT r.id AS run_id, r.person_id, r.lane, r.asked,
    row_number() OVER (PARTITION BY r.lane ORDER BY t.asked, t.id) AS place
FROM waiting r
JOIN waiting t ON t.lane = r.lane AND t.person_id = r.person_id AND t.by_time = r.by_wish;
CREATE VIEW work_with_everything AS
SELECT w.id AS work_id, w.person_id, p.name AS person_name, w.visibility, w.kept, w.deleted,
    w.width, w.height, w.fps, w.frames, w.seconds, w.position,
    w.media, f.mime, f.bytes,
    r.id AS run_id, r.state, r.model, r.score, r.recipe, r.understood, r.reason,
    r.group_id, r.attempt, r.deaths, r.estimated_seconds, r.measured_seconds,
    r.asked, r.began, r.ended
FROM works w
JOIN runs r ON r.id = w.run_id
JOIN people p ON p.id = w.person_id
LEFT JOIN files f ON f.sha256 = w.media;
CREATE VIEW files_of_work AS
SELECT e.source AS work_id, e.target AS salted, f.sha256, f.mime, f.bytes
FROM edges e
LEFT JOIN files f ON f.salted = e.target
WHERE e.relation = 'used' AND e.source LIKE 'w@_%' ESCAPE '@' AND e.target NOT LIKE '_@_%' ESCAPE '@';
CREATE VIEW lineage_of AS
WITH RECURSIVE up (work_id, ancestor, relation, steps) AS (
    SELECT source, target, relation, 1 FROM edges WHERE source LIKE 'w@_%' ESCAPE '@'
    UNION
    SELECT up.work_id, e.target, e.relation, up.steps + 1
    FROM up JOIN edges e ON e.source = up.ancestor WHERE up.steps < 100
)
SELECT work_id, ancestor, relation, min(steps) AS steps FROM up GROUP BY work_id, ancestor, relation;
CREATE VIEW shelf AS
SELECT p.id AS person_id, p.name, p.kind, count(w.id) AS works,
    coalesce(sum(w.seconds), 0) AS seconds, coalesce(sum(f.bytes), 0) AS bytes
FROM people p
LEFT JOIN works w ON w.person_id = p.id AND w.kept IS NOT NULL AND w.deleted IS NULL
LEFT JOIN files f ON f.sha256 = w.media
GROUP BY p.id, p.name, p.kind;
COMMIT;
