"""`/v1`: videos, files, images and models in the shape that programs written for a closed service expect."""
