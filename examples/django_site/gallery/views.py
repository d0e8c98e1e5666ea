"""
Pages, sync and async.
"""

from __future__ import annotations

from django.forms import ModelForm
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from .models import Document, Photo


class PhotoForm(ModelForm):  # type: ignore[type-arg]  # generic for type checkers only
    """
    A title and an image.
    """

    class Meta:
        """
        Which fields the form has.
        """

        model = Photo
        fields = ("title", "image")


def index(request: HttpRequest) -> HttpResponse:
    """
    Show all photos and documents, and take a new photo.
    """
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        form.save()
        return redirect("index")
    context = {"form": form, "photos": Photo.objects.order_by("pk"), "documents": Document.objects.order_by("pk")}
    return render(request, "gallery/index.html", context)


def document(request: HttpRequest, number: int) -> FileResponse:
    """
    Send a private document through the application, in pieces.
    """
    return FileResponse(get_object_or_404(Document, pk=number).file.open(), as_attachment=True)


async def photos(request: HttpRequest) -> JsonResponse:
    """
    Return the URLs of all photos; making a URL needs no request, so an async view can.
    """
    return JsonResponse({photo.title: photo.image.url async for photo in Photo.objects.order_by("pk")})


async def add_photo(request: HttpRequest) -> HttpResponse:
    """
    Save a photo in an async view: `asave` uploads it in a worker thread.
    """
    # Django before 5.0 cannot decorate async views with `require_POST`.
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    photo = Photo(title=request.POST["title"], image=request.FILES["image"])
    await photo.asave()
    return JsonResponse({"name": photo.image.name, "url": photo.image.url}, status=201)
