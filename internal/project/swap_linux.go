package project

import (
	"os"

	"golang.org/x/sys/unix"
)

// swap gives two files or folders below a folder each other's names, both at once.
func swap(root *os.Root, a, b string) error {
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	defer dir.Close()
	fd := int(dir.Fd())
	return unix.Renameat2(fd, a, fd, b, unix.RENAME_EXCHANGE)
}
