CREATE TABLE counts (
    period DATE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    name VARCHAR(64) NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (period, kind, name),
    CHECK (period IS date(period)),
    CHECK (kind IN ('call', 'language', 'outside', 'outcome', 'transfer', 'error', 'entered', 'left', 'heard')),
    CHECK (length(name) <= 64 AND length(name) - length(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '')) <= 6),
    CHECK (amount BETWEEN 0 AND 99999999),
    CHECK (typeof(amount) = 'integer')
)
 WITHOUT ROWID;

CREATE TABLE overrides (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    desk VARCHAR(64) NOT NULL,
    open BOOLEAN NOT NULL,
    since DATETIME NOT NULL,
    until DATETIME,
    reason VARCHAR(16) NOT NULL,
    CHECK (id BETWEEN 0 AND 99999999),
    CHECK (typeof(id) = 'integer'),
    CHECK (length(desk) <= 64 AND length(desk) - length(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(desk, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '')) <= 6),
    CHECK (since IS NULL OR since IS strftime('%Y-%m-%d %H:%M:%S', since) || '.000000'),
    CHECK (until IS NULL OR until IS strftime('%Y-%m-%d %H:%M:%S', until) || '.000000'),
    CHECK (reason IN ('holiday', 'short-staffed', 'emergency', 'line-fault', 'extra-hours', 'other')),
    CHECK (open IN (0, 1))
);

CREATE TABLE version (
    number INTEGER NOT NULL,
    PRIMARY KEY (number),
    CHECK (number BETWEEN 0 AND 99999999),
    CHECK (typeof(number) = 'integer')
);

CREATE TABLE writers (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    last INTEGER NOT NULL,
    day DATE NOT NULL,
    CHECK (id BETWEEN 0 AND 99999999),
    CHECK (typeof(id) = 'integer'),
    CHECK (last BETWEEN 0 AND 99999999),
    CHECK (typeof(last) = 'integer'),
    CHECK (day IS date(day))
);
