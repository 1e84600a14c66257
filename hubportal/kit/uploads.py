"""What a person may upload: on its way it lies on the disk, never in memory, and never more of it than is allowed."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_BYTES = 100 * 1024 * 1024


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Writes a file to the disk as it comes, up to MOST_BYTES. Of a larger one the rest is read and let go: its `size`
    is what was sent, so that the form can say that it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        self.file.size = file_size
        return self.file
