-- owner: store
-- Nothing is kept here: the key that signs forms is a file of the data folder.
DROP TABLE setting;
