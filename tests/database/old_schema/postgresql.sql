CREATE TABLE counts (
    period DATE NOT NULL,
    kind VARCHAR(16) NOT NULL,
    name VARCHAR(64) NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (period, kind, name),
    CHECK (kind IN ('call', 'language', 'outside', 'outcome', 'transfer', 'error', 'entered', 'left', 'heard')),
    CHECK (length(name) <= 64 AND length(name) - length(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '')) <= 6),
    CHECK (amount BETWEEN 0 AND 99999999)
);

CREATE TABLE overrides (
    id SERIAL NOT NULL,
    desk VARCHAR(64) NOT NULL,
    open BOOLEAN NOT NULL,
    since TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    until TIMESTAMP WITHOUT TIME ZONE,
    reason VARCHAR(16) NOT NULL,
    PRIMARY KEY (id),
    CHECK (id BETWEEN 0 AND 99999999),
    CHECK (length(desk) <= 64 AND length(desk) - length(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(desk, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '')) <= 6),
    CHECK (reason IN ('holiday', 'short-staffed', 'emergency', 'line-fault', 'extra-hours', 'other'))
);

CREATE TABLE version (
    number SERIAL NOT NULL,
    PRIMARY KEY (number),
    CHECK (number BETWEEN 0 AND 99999999)
);

CREATE TABLE writers (
    id SERIAL NOT NULL,
    last INTEGER NOT NULL,
    day DATE NOT NULL,
    PRIMARY KEY (id),
    CHECK (id BETWEEN 0 AND 99999999),
    CHECK (last BETWEEN 0 AND 99999999)
);
