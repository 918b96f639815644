using System.Collections.Immutable;
using TsMapSurvey.Contracts;

namespace TsMapSurvey.Grains.Mosaics;

/// <summary>What the tiles of a survey answered to one question.</summary>
/// <param name="Tickets">Of the tiles that answered, usable or not.</param>
/// <param name="Missing">Tiles that have data, and no usable answer.</param>
internal sealed record TileAnswers<T>(T[] Tickets, ImmutableArray<MissingTile> Missing);
