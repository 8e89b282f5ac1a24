package hot

import (
	"os"
	"time"
)

// coarse is how far apart two changes of a file may be and still give it the same
// time, on the coarsest of file systems, twice over.
const coarse = 4 * time.Second

// sameStamp says whether a file that looked so once is, from outside, as it was.
func sameStamp(was, is os.FileInfo) bool {
	return os.SameFile(was, is) && was.Size() == is.Size() && was.ModTime().Equal(is.ModTime())
}

// asSeen says whether every file looks as it did when it was read. One that had
// just been written when it was read may have been written again since, in the same
// moment and to the same size; it is read again until it is older than that.
func (v *Value[T]) asSeen() bool {
	if v.seen == nil {
		return false
	}
	for i, name := range v.names {
		info, err := os.Stat(name)
		if err != nil || !sameStamp(v.seen[i], info) || time.Since(info.ModTime()) < coarse {
			return false
		}
	}
	return true
}
