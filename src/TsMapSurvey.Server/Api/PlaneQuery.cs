using Microsoft.AspNetCore.Mvc;

namespace TsMapSurvey.Server.Api;

internal sealed record PlaneQuery(
    [property: FromQuery(Name = "map")] string? Map, [property: FromQuery(Name = "energy")] string? Energy,
    [property: FromQuery(Name = "slice")] string? Slice);

internal sealed record WaitQuery(
    [property: FromQuery(Name = "fresh")] string? Fresh, [property: FromQuery(Name = "timeout")] string? Timeout);

internal sealed record PictureQuery(
    [property: FromQuery(Name = "colormap_name")] string? ColormapName, [property: FromQuery(Name = "stretch")] string? Stretch,
    [property: FromQuery(Name = "rescale")] string? Rescale);
