"""The pages of the project office: files come in, are understood, taken, mended and undone. Each step checks who acts."""
