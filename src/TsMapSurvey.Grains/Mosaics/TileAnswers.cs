using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>The answers of a survey's tiles to one request.</summary>
/// <param name="Tickets">Tickets of the tiles that answered, usable or not.</param>
/// <param name="Missing">Tiles that have data but no usable ticket.</param>
internal sealed record TileAnswers<T>(T[] Tickets, ImmutableArray<MissingTile> Missing);
